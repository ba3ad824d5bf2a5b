// Views of the sections that describe what is around the host: guests, cables, switches, probes. They wrap the fields as read, so
// that printing them back needs nothing from here.

using System.Collections.Immutable;
using System.Net;
using Weft.Model.Shapes;
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
    public At<string>? Mac => Entry.Word(fields, "mac");
    public At<string>? Model => Entry.Word(fields, "model");
    public ImmutableArray<At<IpPrefix>> Addresses => Entry.Prefixes(fields, "addresses");
}

/// <summary>What a NIC's cable leads to. What it does not say is not known, and judged by no rule.</summary>
public sealed class Cable(Field entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public At<string> Nic => entry.Name;
    public At<string>? Switch => Entry.Word(fields, "switch");
    public At<string>? Port => Entry.Word(fields, "port");

    /// <summary>Tagged VLANs: `5` or `2-4094`.</summary>
    public ImmutableArray<At<Value>> Vlans => fields.List("vlans");

    /// <summary>The untagged VLAN.</summary>
    public At<long>? Native => fields.Get("native") is { Value: Value.Number native, Place: var place } ? At.Of(native.Count, place) : null;

    /// <summary>active, passive or static; null where the port is in no group, or the file does not say.</summary>
    public At<string>? Lacp => Entry.Word(fields, "lacp");

    /// <summary>The link aggregation group that the switch's port is in; null for a plain port.</summary>
    public At<string>? Group => Entry.Word(fields, "group");

    /// <summary>Whether the switch's port forwards at once and waits for no spanning tree; null where the file does not say.</summary>
    public At<bool>? Edge => fields.Get("edge") is { Value: Value.Flag edge, Place: var place } ? At.Of(edge.On, place) : null;

    /// <summary>In Mbit/s; null where the file does not say.</summary>
    public At<long>? Speed => Entry.Word(fields, "speed") is { } speed ? At.Of(SpeedShape.Mbits(speed.Value), speed.Place) : null;

    /// <summary>Whether the file says which VLANs the switch's port carries.</summary>
    public bool SaysVlans => fields.Has("vlans") || fields.Has("native");

    /// <summary>Where the file says which VLANs it carries: by `vlans`, else by `native`, else at all.</summary>
    public Place VlansPlace => fields.Get("vlans")?.Place ?? Native?.Place ?? Nic.Place;

    /// <summary>The tagged VLANs in order; empty where the file names none.</summary>
    public VlanTable Tagged => tagged ??= VlanTable.Of([.. Vlans.Select(run => VlanRange.Of(run.Value))]);

    private VlanTable? tagged;

    public override string ToString() => Nic.Value;
}

/// <summary>A switch that cables lead to.</summary>
public sealed class Switch(Field entry)
{
    private readonly Fields fields = Entry.Of(entry);

    public At<string> Name => entry.Name;

    /// <summary>The pair it belongs to.</summary>
    public At<string>? Mlag => Entry.Word(fields, "mlag");

    /// <summary>The largest frame payload that it passes, in bytes.</summary>
    public At<long>? Mtu => fields.Get("mtu") is { Value: Value.Number mtu, Place: var place } ? At.Of(mtu.Count, place) : null;

    /// <summary>The switch's own addresses by VLAN.</summary>
    public IEnumerable<(At<long> Vlan, ImmutableArray<At<IpPrefix>> Addresses)> Addresses =>
        fields.Map("addresses")?.Select(svi => (At.Of(long.Parse(svi.Name.Value, System.Globalization.CultureInfo.InvariantCulture), svi.Name.Place), Entry.Prefixes(new Fields([svi]), svi.Name.Value))) ?? [];

    public override string ToString() => Name.Value;
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

    /// <summary>Whom it asks, where it says so once.</summary>
    public At<IPAddress>? Asked => Ping is null == Tcp is null ? null : fields.Get(Ping is null ? "tcp" : "ping") is { Place: var place } ? At.Of((Ping ?? Tcp)!, place) : null;

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
