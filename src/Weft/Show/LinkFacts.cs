// What is said of a link: name, kind, how it is set up, whether it carries, and what is reached over it. The words are the
// kernel's. The tree prints them in a row and a picture on a card; nobody else words a link. A link of a file has no state,
// and then nothing is said of one.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show;

/// <summary>What a fact is about.</summary>
internal enum Topic
{
    Name,
    Kind,

    /// <summary>What of its kind it is: a bond's mode, a VLAN's id.</summary>
    Sort,
    Setting,
    Mtu,

    /// <summary>Whether it carries.</summary>
    Condition,

    /// <summary>What it is among its bond's ports.</summary>
    Port,
    Mac,
    Address,
    Gateway,
    Owner,
}

/// <summary>What a port does for its bond.</summary>
internal enum PortRole
{
    /// <summary>No bond's port, or not known.</summary>
    None,
    Carries,
    Active,
    Standby,

    /// <summary>It has carrier, and LACP has not agreed on it.</summary>
    NotAgreed,

    /// <summary>It is down or without carrier.</summary>
    Broken,
}

/// <summary>One thing said of a link.</summary>
internal readonly record struct Fact(Topic Topic, string Text, Tone Tone = Tone.Plain);

internal sealed class LinkFacts(Host now, Ledger ledger)
{
    /// <summary>The LACP port state, bit by bit (linux/if_bonding.h, LACP_STATE_*), as `ip -d link` spells it.</summary>
    private static readonly (long Bit, string Word)[] PortStates = [(0x08, "in_sync"), (0x10, "collecting"), (0x20, "distributing"), (0x40, "defaulted"), (0x80, "expired")];

    private readonly ILookup<string, string> gateways = now.Routes.Concat(now.LeasedRoutes)
        .Where(route => route.To.Value.IsEverything && route.Table == (now.TableOf(route.Links.FirstOrDefault() ?? "") ?? Route.MainTable)).SelectMany(route => route.Ways).Where(way => way is { Link: not null, Via: not null })
        .ToLookup(way => way.Link!.Value, way => way.Via!.Value.ToString()!, StringComparer.Ordinal);

    /// <summary>A route's line, with who put it there.</summary>
    public static Line Of(Route route) => new([new("  "), new(route.ToString(), Tone.Plain), new($"  {RoutePlan.Owner(route)}", Tone.Faint)]);

    public ImmutableArray<Fact> Of(Link link)
    {
        var facts = ImmutableArray.CreateBuilder<Fact>();
        void Say(Topic topic, string word, Tone tone = Tone.Plain) => facts.Add(new(topic, word, tone));
        Say(Topic.Name, link.Name.Value, Tone.Name);
        Say(Topic.Kind, link.Kind.Word);
        foreach (var (topic, word) in Kind(link).Concat(OtherKind(link)))
            Say(topic, word);
        if (link.Settings.Number(Table.Mtu) is { } mtu)
            Say(Topic.Mtu, $"mtu {mtu}");
        if (Condition(link) is var (state, good))
            Say(Topic.Condition, state, good ? Tone.Good : Tone.Bad);
        foreach (var (word, tone) in AsPort(link))
            Say(Topic.Port, word, tone);
        if (link.Settings.Word(Table.Mac) is { Length: > 0 } mac && link.Name.Value != "lo")
            Say(Topic.Mac, mac, Tone.Faint);
        foreach (var address in link.Addresses)
            Say(Topic.Address, link.LifetimeOf(address.Value) is { Preferred: 0 } ? $"{address} (deprecated)" : address.ToString());
        foreach (var leased in link.State?.Leased ?? [])
            Say(Topic.Address, $"{leased} (leased)");
        foreach (var gateway in link.Gateways.Select(via => via.ToString()).Concat(gateways[link.Name.Value]))
            Say(Topic.Gateway, $"gateway {gateway}");
        if (link.Settings.Flag(Table.Ipv6) == false && !link.Addresses.IsEmpty)
            Say(Topic.Setting, "no ipv6");
        if (IsForeign(link))
            Say(Topic.Owner, "foreign", Tone.Faint);
        return facts.ToImmutable();
    }

    public bool IsForeign(Link link) => link.Name.Value != "lo" && Foreign.Is(link, now, ledger);

    private static IEnumerable<(Topic Topic, string Word)> Kind(Link link)
    {
        if (link.Kind == LinkKind.Vlan)
        {
            yield return (Topic.Sort, $"id {link.Settings.Number(VlanLines.Id)}");
            if (link.Settings.Word(VlanLines.Protocol) is { } protocol && protocol != "802.1Q")
                yield return (Topic.Sort, protocol);
            if (link.State?.PeerElsewhere == true)
                yield return (Topic.Setting, "on a link in another namespace");
        }
        else if (link.Kind == LinkKind.Bond)
        {
            yield return (Topic.Sort, link.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin);
            foreach (var attribute in new[] { BondLines.Miimon, BondLines.ArpInterval, BondLines.ArpIpTarget, BondLines.Primary, BondLines.LacpRate, BondLines.XmitHashPolicy })
                if (attribute.InMode(link.Settings) && link.Settings.Get(attribute) is { } value && value.Value is not (Value.Number { Count: 0 } or Value.Word { Text: "" } or Value.List { Items.IsEmpty: true }))
                    yield return (Topic.Setting, $"{attribute} {value}");
            if (Lacp(link) is { } partner)
                yield return (Topic.Setting, partner);
        }
        else if (link.Kind == LinkKind.Bridge)
        {
            if (link.Settings.Flag(BridgeLines.Stp) == true)
                yield return (Topic.Setting, "stp");
            if (link.Settings.Flag(BridgeLines.VlanFiltering) == true)
                yield return (Topic.Sort, "vlan_filtering");
        }
    }

    private static IEnumerable<(Topic Topic, string Word)> OtherKind(Link link)
    {
        if (link.Kind == LinkKind.Vxlan)
        {
            yield return (Topic.Sort, link.Settings.Flag(VxlanLines.External) == true ? "external" : $"id {link.Settings.Number(VxlanLines.Id)}");
            foreach (var attribute in new[] { VxlanLines.Remote, VxlanLines.Group, VxlanLines.Local })
                if (link.Settings.Word(attribute) is { Length: > 0 } address)
                    yield return (Topic.Setting, $"{attribute} {address}");
            if (link.Settings.Number(VxlanLines.Port) is { } port)
                yield return (Topic.Setting, $"port {port}");
        }
        else if (link.Kind == LinkKind.Macvlan)
            yield return (Topic.Sort, link.Settings.Word(MacvlanLines.Mode) ?? "vepa");
        else if (link.Kind == LinkKind.Veth && link.Settings.Word(VethLines.Peer) is { Length: > 0 } peer)
            yield return (Topic.Sort, $"peer {peer}");
        else if (link.Kind == LinkKind.Vrf && link.Settings.Number(VrfLines.RoutingTable) is { } table)
            yield return (Topic.Sort, $"table {table}");
    }

    private static string? Lacp(Link bond)
    {
        if (bond.Settings.Word(BondLines.Mode) != BondLines.Lacp || bond.State?.Facts.Map("data") is not { } data || data.Number("aggregator") is not { } aggregator)
            return null;
        var partner = data.Word("partner_mac");
        return $"aggregator {aggregator} with {data.Number("num_ports")} {(data.Number("num_ports") == 1 ? "port" : "ports")}, {(partner is null or "00:00:00:00:00:00" ? "no partner" : $"partner {partner}")}";
    }

    private static (string Word, bool Good)? Condition(Link link) =>
        link.State is null ? (link.Settings.Flag(Table.Up) == false ? ("down", false) : null)
        : link.Settings.Flag(Table.Up) != true ? ("down", false)
        : link.State?.Carrier == false ? ("no carrier", false)
        : link.State?.Speed is > 0 and var speed ? (Speed(speed), true)
        : ("up", true);

    private static string Speed(long megabits) =>
        megabits % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{megabits / 1000}G") : string.Create(CultureInfo.InvariantCulture, $"{megabits}M");

    /// <summary>What a link is among its bond's ports, as far as a running host tells.</summary>
    public PortRole RoleOf(Link link)
    {
        if (link.State?.Master is not { } name || now.Find(name) is not { } bond || bond.Kind != LinkKind.Bond)
            return PortRole.None;
        if (link.Settings.Flag(Table.Up) != true || !link.State.Carrier)
            return PortRole.Broken;
        if (bond.Settings.Word(BondLines.Mode) == BondLines.Lacp)
            return link.State.Facts.Map("port")?.Number("ad_actor_oper_port_state") is not { } state ? PortRole.Carries
                : Agreed(state) && InAggregator(link, bond) ? PortRole.Carries : PortRole.NotAgreed;
        return bond.State?.Facts.Map("data")?.Word("active_slave") is not { Length: > 0 } active ? PortRole.Carries
            : active == link.Name.Value ? PortRole.Active
            : bond.Settings.Word(BondLines.Mode) == BondLines.ActiveBackup ? PortRole.Standby : PortRole.Carries;
    }

    private IEnumerable<(string Word, Tone Tone)> AsPort(Link link)
    {
        if (RoleOf(link) is var role && role is PortRole.Active or PortRole.Standby)
            yield return role == PortRole.Active ? ("active", Tone.Good) : ("standby", Tone.Plain);
        if (link.State?.Master is not { } name || now.Find(name) is not { } bond || bond.Kind != LinkKind.Bond)
            yield break;
        if (bond.Settings.Word(BondLines.Mode) != BondLines.Lacp || link.State.Facts.Map("port") is not { } port || port.Number("ad_actor_oper_port_state") is not { } state)
            yield break;
        if (port.Number("ad_aggregator_id") is { } aggregator)
            yield return ($"aggregator {aggregator}", InAggregator(link, bond) ? Tone.Plain : Tone.Bad);
        var words = PortStates.Where(pair => (state & pair.Bit) != 0).Select(pair => pair.Word).ToList();
        yield return (words.Count == 0 ? "detached" : string.Join(',', words), Agreed(state) ? Tone.Good : Tone.Bad);
    }

    /// <summary>Collecting and distributing, with a partner that answers.</summary>
    private static bool Agreed(long state) => (state & 0x30) == 0x30 && (state & 0xC0) == 0;

    private static bool InAggregator(Link link, Link bond) =>
        link.State!.Facts.Map("port")?.Number("ad_aggregator_id") is not { } own || own == bond.State?.Facts.Map("data")?.Number("aggregator");
}
