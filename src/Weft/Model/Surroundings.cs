// Views of the sections that describe what is around the host: guests, cables, switches, probes. They wrap the fields as read, so
// that printing them back needs nothing from here.

using System.Collections.Immutable;
using System.Net;
using Weft.Text;

namespace Weft.Model;

/// <summary>A guest of the host.</summary>
public sealed class Guest(Field entry)
{
    public At<string> Name => entry.Name;
    public IEnumerable<GuestNic> Nics => Entry.Of(entry).List("nics").Select(item => new GuestNic(item));
}

/// <summary>One NIC of a guest.</summary>
public sealed class GuestNic(At<Value> entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public Place Place => entry.Place;

    /// <summary>The bridge it plugs into; null where `network` says it and could not be followed.</summary>
    public At<string>? Bridge => Entry.Word(fields, "bridge");

    /// <summary>The VLAN that it is in, on a VLAN-aware bridge; or which one of a network's range.</summary>
    public At<long>? Vlan => fields.Get("vlan") is { Value: Value.Number vlan, Place: var place } ? At.Of(vlan.Count, place) : null;

    /// <summary>The network, as it was written. Expanding turns it into <see cref="Bridge"/> and <see cref="Vlan"/>.</summary>
    public At<string>? Network => Entry.Word(fields, "network");
    public string? Mac => fields.Word("mac");
    public string? Model => fields.Word("model");
    public ImmutableArray<At<IpPrefix>> Addresses => Entry.Prefixes(fields, "addresses");
}

/// <summary>What a NIC's cable leads to.</summary>
public sealed class Cable(Field entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public At<string> Nic => entry.Name;
    public At<string>? Switch => Entry.Word(fields, "switch");
    public string? Port => fields.Word("port");

    /// <summary>Tagged VLANs: `5` or `2-4094`.</summary>
    public ImmutableArray<At<Value>> Vlans => fields.List("vlans");

    /// <summary>The untagged VLAN.</summary>
    public long? Native => fields.Number("native");

    /// <summary>active, passive or static; null where the port is in no group.</summary>
    public string? Lacp => fields.Word("lacp");
    public string? Group => fields.Word("group");
    public bool Edge => fields.Flag("edge") ?? false;
}

/// <summary>A switch that cables lead to.</summary>
public sealed class Switch(Field entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public At<string> Name => entry.Name;

    /// <summary>The pair it belongs to.</summary>
    public string? Mlag => fields.Word("mlag");
    public long? Mtu => fields.Number("mtu");

    /// <summary>The switch's own addresses by VLAN.</summary>
    public IEnumerable<(long Vlan, ImmutableArray<At<IpPrefix>> Addresses)> Addresses =>
        fields.Map("addresses")?.Select(svi => (long.Parse(svi.Name.Value, System.Globalization.CultureInfo.InvariantCulture), Entry.Prefixes(new Fields([svi]), svi.Name.Value))) ?? [];
}

/// <summary>An entry of `probes`: what must still answer after a change.</summary>
public sealed class ProbeEntry(At<Value> entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public Place Place => entry.Place;

    /// <summary>The address that must answer an ICMP echo.</summary>
    public IPAddress? Ping => Address("ping");

    /// <summary>The address that must accept a connection on <see cref="Port"/>.</summary>
    public IPAddress? Tcp => Address("tcp");

    /// <summary>From 1 to 65535.</summary>
    public int? Port => (int?)fields.Number("port");

    private IPAddress? Address(string key) => fields.Word(key) is { } text ? IPAddress.Parse(text) : null;
}

internal static class Entry
{
    public static Fields Of(Field entry) => Of(entry.Value);
    public static Fields Of(At<Value> value) => (value.Value as Value.Map)?.Fields ?? Fields.Empty;

    public static At<string>? Word(Fields fields, string name) =>
        fields.Get(name) is { Value: Value.Word word, Place: var place } ? At.Of(word.Text, place) : null;

    public static ImmutableArray<At<IpPrefix>> Prefixes(Fields fields, string name) =>
        [.. Items(fields, name).Select(item => At.Of(IpPrefix.Parse(item.Text), item.Place))];

    /// <summary>How long those last that do not last forever.</summary>
    public static ImmutableDictionary<IpPrefix, Lifetime> Lifetimes(Fields fields, string name)
    {
        var found = Lifetime.OfNone;
        foreach (var (text, _, entry) in Items(fields, name))
            if (Lifetime.Of(entry) is var lifetime && lifetime != Lifetime.Forever)
                found = found.SetItem(IpPrefix.Parse(text), lifetime);
        return found;
    }

    /// <summary>An address stands by itself, or in a map with its lifetimes.</summary>
    private static IEnumerable<(string Text, Place Place, Fields Entry)> Items(Fields fields, string name) =>
        from item in fields.List(name)
        let entry = Of(item)
        let address = item.Value is Value.Word ? item : entry.Get("address")
        where address is { Value: Value.Word }
        select (address.ToString(), address.Place, entry);
}
