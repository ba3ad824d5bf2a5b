// A random host with its cables, switches and guests, and something that breaks: what frames do on it is compared between the twin and a kernel. Most
// are set up well, some as users do it wrong: groups that the mode does not fit, a VLAN that is missing, sizes that differ.

using System.Globalization;
using System.Text;

namespace Weft.RandomHosts;

/// <summary>A host file, and what breaks.</summary>
/// <param name="Breaks">As `weft simulate` is told it, without the moment.</param>
/// <param name="IsMended">Whether it works again later.</param>
public sealed record WiredHost(ulong Seed, string Text, string Breaks, bool IsMended)
{
    public static WiredHost Of(ulong seed) => new Weaver(seed).Host();

    public override string ToString() => $"seed {Seed}, {Breaks} breaks{(IsMended ? " and is mended" : "")}\n{Text}";
}

internal sealed class Weaver(ulong seed)
{
    private const int Native = 1;
    private static readonly int[] Ids = [10, 20, 30];

    private readonly Dice dice = new(seed);

    /// <summary>Whether everybody has IPv6 addresses besides. Thrown with dice of its own: a seed's host stays what it was.</summary>
    private readonly bool six = new Dice(seed ^ 0x6666).Percent(40);
    private readonly StringBuilder vlans = new(), bridges = new(), guests = new();
    private readonly SortedDictionary<int, string> routers = [];
    private string mode = "", group = "";
    private int guest;

    public WiredHost Host()
    {
        var (two, pair) = (dice.Percent(60), dice.Percent(60));
        mode = dice.Of("active-backup", "active-backup", "active-backup", "802.3ad", "802.3ad", "802.3ad", "balance-xor", "balance-rr", "broadcast", "balance-tlb", "balance-alb");
        group = mode switch
        {
            "802.3ad" => dice.Of("active", "active", "active", "active", "passive", "static", ""),
            "balance-xor" or "balance-rr" or "broadcast" => dice.Of("static", "static", "static", ""),
            _ => dice.Of("", "", "", "", "static"),
        };
        var ports = Enumerable.Range(0, dice.From(2, 3)).Select(at => $"eth{at}").ToList();
        var single = dice.Percent(40) ? $"eth{ports.Count}" : null;
        var mtu = dice.Percent(15) ? ", mtu: 9000" : "";
        var bond = $"  bond0: {{ports: [{string.Join(", ", ports)}], mode: {mode}{Options(ports)}{mtu}}}\n";
        var native = Uppers(mtu.Length > 0);
        var text = new StringBuilder("version: 1\nhost: h\n\nnics:\n").Append(string.Concat(ports.Select(port => $"  {port}: {{}}\n")));
        if (single is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {single}: {{addresses: [{Own(40, 11)}]}}\n");
            routers[40] = Own(40, 1);
        }
        text.Append("\nbonds:\n").Append(bond);
        Section(text, "vlans", vlans);
        Section(text, "bridges", bridges);
        Section(text, "guests", guests);
        // A group needs one switch, or a pair that is one.
        var spread = two && (group.Length == 0 || pair);
        text.Append("\ncabling:\n");
        foreach (var (port, at) in ports.Select((port, at) => (port, at)))
            text.Append(CultureInfo.InvariantCulture, $"  {port}: {{switch: {(spread && at % 2 == 1 ? "sw2" : "sw1")}, vlans: [{string.Join(", ", Ids)}]{(native ? $", native: {Native}" : "")}{(group.Length > 0 ? $", group: Po1, lacp: {group}" : "")}}}\n");
        if (single is not null)
            text.Append(CultureInfo.InvariantCulture, $"  {single}: {{switch: sw1, native: 40}}\n");
        var small = dice.Percent(5) ? "mtu: 1500, " : "";
        text.Append(CultureInfo.InvariantCulture, $"\nswitches:\n  sw1: {{{small}{(spread && pair ? "mlag: p1, " : "")}addresses: {{{string.Join(", ", routers.Select(own => $"{own.Key}: [{own.Value}]"))}}}}}\n");
        if (spread)
            text.Append(CultureInfo.InvariantCulture, $"  sw2: {{{small}{(pair ? "mlag: p1" : "")}}}\n");
        if (spread && !pair)
            text.Append("\nlinks: [[sw1, sw2]]\n");
        var victim = dice.Of(ports);
        var breaks = dice.Below(20) switch
        {
            < 3 => $"{victim}:vlan={dice.Of(native ? [.. Ids, Native] : Ids)}",
            < 5 when group is "active" or "passive" => $"{victim}:lacp",
            < 8 when spread && pair => "sw2",
            _ => victim,
        };
        return new(seed, text.ToString(), breaks, dice.Percent(50));
    }

    private string Options(List<string> ports)
    {
        var options = new StringBuilder();
        void Say(string what) => options.Append(", ").Append(what);
        if (mode == "active-backup" && dice.Percent(20))
            Say("arp_interval: 200, arp_ip_target: [10.10.0.1]");
        else
        {
            var miimon = dice.Of(50, 100, 100, 200);
            Say($"miimon: {miimon}");
            if (dice.Percent(20))
                Say($"updelay: {miimon * dice.From(1, 10)}");
            if (dice.Percent(20))
                Say($"downdelay: {miimon * dice.From(1, 4)}");
        }
        if (mode is "active-backup" or "balance-tlb" or "balance-alb" && dice.Percent(40))
            Say($"primary: {dice.Of(ports)}{(dice.Percent(40) ? $", primary_reselect: {dice.Of("always", "better", "failure")}" : "")}");
        if (mode == "active-backup" && dice.Percent(20))
            Say($"fail_over_mac: {dice.Of("active", "follow")}");
        if (mode == "802.3ad")
            Say($"lacp_rate: {dice.Of("fast", "slow")}{(dice.Percent(10) ? ", min_links: 2" : "")}{(dice.Percent(20) ? $", ad_select: {dice.Of("bandwidth", "count")}" : "")}");
        if (mode is "802.3ad" or "balance-xor")
            Say($"xmit_hash_policy: {dice.Of("layer2", "layer2+3", "layer3+4", "vlan+srcmac", "encap3+4")}");
        if (dice.Percent(5))
            Say("all_slaves_active: true");
        return options.ToString();
    }

    /// <summary>What stands on the bond.</summary>
    /// <returns>Whether something is untagged.</returns>
    private bool Uppers(bool jumbo)
    {
        if (dice.Percent(25))
        {
            // One bridge that knows VLANs; the host has a foot in the first.
            bridges.Append(CultureInfo.InvariantCulture, $"  br0: {{vlan_filtering: true, default_pvid: 0, ports: {{bond0: {{vlans: [{string.Join(", ", Ids)}]{Port()}}}}}, vlans: [10]}}\n");
            vlans.Append(CultureInfo.InvariantCulture, $"  br0.10: {{link: br0, id: 10, addresses: [{Own(10, 11)}], gateway: 10.10.0.1}}\n");
            foreach (var id in Ids)
                Guests("br0", id, $", vlan: {id}");
            return dice.Percent(50);
        }
        var native = dice.Percent(35);
        if (native)
        {
            bridges.Append(CultureInfo.InvariantCulture, $"  br1: {{ports: {{bond0: {{{Port().TrimStart(',', ' ')}}}}}, addresses: [{Own(1, 11)}]{Stp()}}}\n");
            Guests("br1", 1, "");
        }
        foreach (var id in Ids.Where(id => id == 10 || dice.Percent(50)))
        {
            var size = jumbo && dice.Percent(50) ? ", mtu: 1500" : "";
            routers[id] = Own(id, 1);
            if (dice.Percent(30))
            {
                vlans.Append(CultureInfo.InvariantCulture, $"  bond0.{id}: {{link: bond0, id: {id}, addresses: [{Own(id, 11)}]{(id == 10 ? ", gateway: 10.10.0.1" : "")}{size}}}\n");
                continue;
            }
            vlans.Append(CultureInfo.InvariantCulture, $"  bond0.{id}: {{link: bond0, id: {id}{size}}}\n");
            bridges.Append(CultureInfo.InvariantCulture, $"  br{id}: {{ports: {{bond0.{id}: {{{Port().TrimStart(',', ' ')}}}}}, addresses: [{Own(id, 11)}]{(id == 10 ? ", gateway: 10.10.0.1" : "")}{Stp()}}}\n");
            Guests($"br{id}", id, "");
        }
        return native || dice.Percent(30);
    }

    /// <summary>The addresses of a machine in a network.</summary>
    private string Own(int network, int machine) => $"10.{network}.0.{machine}/24{(six ? $", \"fd00:{network}::{machine}/64\"" : "")}";

    private string Port() => dice.Percent(10) ? ", learning: false" : dice.Percent(5) ? ", flood: false" : "";

    private string Stp() => dice.Percent(8) ? ", ageing_time: 0" : "";

    private void Guests(string bridge, int id, string vlan)
    {
        routers[id] = Own(id, 1);
        for (var count = dice.Below(3); count > 0 && guest < 3; count--, guest++)
            guests.Append(CultureInfo.InvariantCulture, $"  g{guest}: {{nics: [{{bridge: {bridge}{vlan}, addresses: [{Own(id, 21 + guest)}]}}]}}\n");
    }

    private static void Section(StringBuilder to, string name, StringBuilder lines)
    {
        if (lines.Length > 0)
            to.Append('\n').Append(name).Append(":\n").Append(lines);
    }
}
