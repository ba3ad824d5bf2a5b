// `show --json`: the host as a host file says it, and beside it what only a running host has.

using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints observed hosts for programs.</summary>
public static class Live
{
    /// <summary>Writes `{"host":{…},"live":{"links":[…],"routes":[…]}}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, Observation now, Ledger ledger, bool expanded = false)
    {
        var known = ledger.For(now);
        to.WriteStartObject();
        WriteHost(to, expanded ? AsFile.Expanded(now, ledger) : AsFile.Of(now, ledger));
        to.WriteStartObject("live");
        to.WriteStartArray("links");
        foreach (var link in now.Host.Links)
            Write(to, link, Foreign.Is(link, now.Host, known));
        to.WriteEndArray();
        to.WriteStartArray("routes");
        foreach (var route in now.Host.Routes)
        {
            to.WriteStartObject();
            Json.Members(to, route);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
        to.WriteEndObject();
    }

    /// <summary>Writes a file's host in the same form, without anything live; `host` is null where the file makes none.</summary>
    public static void WriteFileJson(Utf8JsonWriter to, Host? host, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        if (host is null)
            to.WriteNull("host");
        else
            WriteHost(to, host);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    private static void WriteHost(Utf8JsonWriter to, Host host)
    {
        to.WriteStartObject("host");
        Json.Members(to, Layout.Of(host));
        to.WriteEndObject();
    }

    /// <summary>What the driver keeps, under the keys of a host file, and what it could do.</summary>
    private static void Write(Utf8JsonWriter to, Link link, Hardware hardware)
    {
        to.WriteStartObject("hardware");
        foreach (var (attribute, value) in link.Settings.Where(line => line.Home == Home.Hardware))
            Json.Property(to, attribute.Name, value.Value);
        to.WriteStartObject("most");
        foreach (var (key, most) in hardware.Most.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            to.WriteNumber(key, most);
        to.WriteEndObject();
        to.WriteStartObject("fixed");
        Json.Members(to, hardware.Fixed);
        to.WriteEndObject();
        Strings(to, "modes", hardware.Modes);
        Strings(to, "lacks", hardware.Lacks.Select(line => line.Name));
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Link link, bool foreign)
    {
        to.WriteStartObject();
        to.WriteString("name", link.Name.Value);
        to.WriteString("kind", link.Kind.Word);
        to.WriteBoolean("foreign", foreign);
        foreach (var (attribute, value) in link.Settings.Where(line => line.Home != Home.Hardware))
            Json.Property(to, attribute.Name, value.Value);
        Strings(to, "ports", link.Ports.Select(port => port.Name.Value));
        Strings(to, "addresses", link.Addresses.Select(address => address.ToString()));
        to.WriteStartObject("lifetimes");
        foreach (var (address, lifetime) in link.Lifetimes.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal))
            Json.Property(to, address.ToString(), new Value.Map(new(lifetime.Keys())));
        to.WriteEndObject();
        if (link.State is { } state)
        {
            to.WriteNumber("index", state.Index);
            to.WriteString("master", state.Master);
            to.WriteBoolean("carrier", state.Carrier);
            to.WriteString("operstate", state.OperState);
            to.WriteNumber("carrier_changes", state.CarrierChanges);
            to.WriteString("permanent_mac", state.IdentityMac);
            to.WriteString("driver", state.Driver);
            to.WriteString("pci", state.Pci);
            if (state.Speed is { } speed)
                to.WriteNumber("speed", speed);
            else
                to.WriteNull("speed");
            if (state.Hardware is { } hardware)
                Write(to, link, hardware);
            to.WriteStartObject("facts");
            Json.Members(to, state.Facts);
            to.WriteEndObject();
        }
        to.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter to, string name, IEnumerable<string> words)
    {
        to.WriteStartArray(name);
        foreach (var word in words)
            to.WriteStringValue(word);
        to.WriteEndArray();
    }
}
