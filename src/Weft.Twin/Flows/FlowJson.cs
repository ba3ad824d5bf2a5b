// Flows on a bond for programs, written as they come: there may be very many.

using System.Text.Json;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>Writes a table of flows.</summary>
public static class FlowJson
{
    /// <summary>How many flows are held back before they are sent.</summary>
    private const int Batch = 1000;

    /// <summary>
    /// Writes `{"bond","mode","kernel","ports":[…],"usable":[…],"flows":[{"index","port","hash","policy","by","other":[{"policy","port","hash","by"}]}],"per_port":{"eth0":n},
    /// "policies":[{"policy","per_port","fullest_share","evenness"}],"instead","findings":[…]}`. A port is null where no one port follows from the frame; hash, policy and what the hash is
    /// made of are null where no hash chooses.
    /// </summary>
    /// <param name="table">The flows; null where there are none, for what the findings say.</param>
    /// <param name="findings">Of all files.</param>
    public static void Write(Utf8JsonWriter to, FlowTable? table, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        if (table is null)
        {
            to.WriteStartArray("flows");
            to.WriteEndArray();
            to.WriteStartObject("per_port");
            to.WriteEndObject();
        }
        else
            Write(to, table);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, FlowTable table)
    {
        var sending = table.Sending;
        to.WriteString("bond", sending.Bond);
        to.WriteString("mode", sending.Mode);
        to.WriteString("kernel", table.Kernel.Name);
        Names(to, "ports", sending.Ports);
        Names(to, "usable", sending.Usable);
        to.WriteStartArray("flows");
        for (var flow = 0; flow < table.Flows.Length; flow++)
        {
            to.WriteStartObject();
            to.WriteNumber("index", flow);
            Way(to, table.Own(flow), sending.Policy);
            to.WriteStartArray("other");
            foreach (var policy in table.Policies.Where(policy => !sending.Hashes || policy != sending.Policy))
            {
                to.WriteStartObject();
                Way(to, table.Under(policy, flow), policy);
                to.WriteEndObject();
            }
            to.WriteEndArray();
            to.WriteEndObject();
            if (flow % Batch == Batch - 1)
                to.Flush();
        }
        to.WriteEndArray();
        PerPort(to, table.Sending, table.SpreadOf(null));
        to.WriteStartArray("policies");
        foreach (var policy in table.Policies)
        {
            var spread = table.SpreadOf(sending.Hashes && policy == sending.Policy ? null : policy);
            to.WriteStartObject();
            to.WriteString("policy", policy.Word());
            PerPort(to, sending, spread);
            to.WriteNumber("fullest_share", Math.Round(spread.Share, 4));
            to.WriteString("evenness", spread.Word);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteString("instead", sending.Instead);
    }

    private static void Way(Utf8JsonWriter to, Way way, XmitPolicy policy)
    {
        to.WriteString("port", way.Port);
        if (way.Hash is { } hash)
            to.WriteNumber("hash", hash);
        else
            to.WriteNull("hash");
        to.WriteString("policy", way.Hash is null ? null : policy.Word());
        to.WriteString("by", way.Hash is null ? null : By(way.By));
    }

    private static string By(HashedBy by) => by switch
    {
        HashedBy.Macs => "macs",
        HashedBy.SourceAndTag => "source-mac-and-tag",
        HashedBy.Addresses => "addresses",
        HashedBy.Ports => "ports",
        HashedBy.IcmpId => "icmp-id",
        _ => "nothing",
    };

    /// <summary>Of every port, those that are not usable included.</summary>
    private static void PerPort(Utf8JsonWriter to, BondSending sending, Spread spread)
    {
        to.WriteStartObject("per_port");
        foreach (var port in sending.Ports)
            to.WriteNumber(port, sending.Usable.IndexOf(port) is >= 0 and var at ? spread.PerPort[at] : 0);
        to.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter to, string name, IEnumerable<string> names)
    {
        to.WriteStartArray(name);
        foreach (var one in names)
            to.WriteStringValue(one);
        to.WriteEndArray();
    }
}
