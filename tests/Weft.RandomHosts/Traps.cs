// The orderings that peers got wrong and kernels punish, each as a question to a way from one host to another: was it in it?

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.RandomHosts;

/// <summary>From a host to a host by these steps.</summary>
internal sealed record Way(Host From, Host To, IReadOnlyList<Step> Steps)
{
    /// <summary>Links of one kind that both have.</summary>
    public IEnumerable<(Link Was, Link Is)> Both(LinkKind? kind = null) =>
        To.Links.Select(link => (Was: From.Find(link.Name.Value), Is: link)).Where(pair => pair.Was?.Kind == pair.Is.Kind && (kind is null || pair.Is.Kind == kind)).Select(pair => (pair.Was!, pair.Is));

    /// <summary>Links that are ports before and after, of other masters.</summary>
    public bool Moves(LinkKind from, LinkKind to) =>
        To.Links.Any(link => MasterOf(From, link.Name.Value) is { } before && MasterOf(To, link.Name.Value) is { } after && before.Name != after.Name && before.Kind == from && after.Kind == to);

    public static Link? MasterOf(Host host, string name) => host.Links.FirstOrDefault(link => link.Ports.Any(port => port.Name.Value == name));

    /// <summary>Whether something changes on a link and on what stands on it, both in one direction.</summary>
    public bool MtusGo(Func<long, long, bool> which) =>
        Both().Any(pair => pair.Is.Lower is { } lower && Went(pair.Was, pair.Is, which) && From.Find(lower) is { } was && To.Find(lower) is { } now && Went(was, now, which));

    private static bool Went(Link was, Link now, Func<long, long, bool> which) => which(was.Settings.Number(Table.Mtu) ?? 1500, now.Settings.Number(Table.Mtu) ?? 1500);

    public IEnumerable<Step.OfLink> Links => Steps.OfType<Step.OfLink>();
}

internal static class Traps
{
    public static readonly IReadOnlyList<(string Name, Func<Way, bool> Holds)> All =
    [
        ("trap: a bond takes a link that is up", way => way.Links.Any(down => down.Settings.Flag(Table.Up) == false
            && way.Links.Any(joins => joins.Name == down.Name && joins.Settings.Word(Table.Master) is { Length: > 0 } master && way.To.Find(master)?.Kind == LinkKind.Bond))),
        ("trap: the mode of a bond with ports changes", way => way.Both(LinkKind.Bond).Any(pair => !pair.Was.Ports.IsEmpty && !pair.Is.Ports.IsEmpty && Word(pair.Was, BondLines.Mode) != Word(pair.Is, BondLines.Mode))),
        ("trap: the primary is no port yet", way => way.To.Of(LinkKind.Bond).Any(bond => Word(bond, BondLines.Primary) is { } primary && Way.MasterOf(way.From, primary)?.Name != bond.Name)),
        ("trap: MTUs rise through a stack", way => way.MtusGo(static (was, now) => now > was)),
        ("trap: MTUs fall through a stack", way => way.MtusGo(static (was, now) => now < was)),
        ("trap: a VLAN gets another id", way => way.Both(LinkKind.Vlan).Any(pair => pair.Was.Settings.Number(VlanLines.Id) != pair.Is.Settings.Number(VlanLines.Id))),
        ("trap: a VLAN gets another protocol", way => way.Both(LinkKind.Vlan).Any(pair => (Word(pair.Was, VlanLines.Protocol) == "802.1ad") != (Word(pair.Is, VlanLines.Protocol) == "802.1ad"))),
        ("trap: a VLAN gets another lower link", way => way.Both(LinkKind.Vlan).Any(pair => pair.Was.Lower != pair.Is.Lower)),
        .. (from before in Masters from after in Masters select ($"trap: a port moves from {before} to {after}", (Func<Way, bool>)(way => way.Moves(before, after)))),
        ("trap: an address moves from a link to its bridge", way => way.To.Of(LinkKind.Bridge).Any(bridge => bridge.Addresses.Any(address => bridge.Ports.Any(port => way.From.Find(port.Name.Value)?.Addresses.Contains(address) == true)))),
        ("trap: a bond goes down under a way out", way => way.Links.Any(step => step.Settings.Flag(Table.Up) == false && step.Kind == LinkKind.Bond) && way.To.Links.Any(link => !link.Gateways.IsEmpty)),
        ("trap: a bond becomes a bridge", way => way.To.Of(LinkKind.Bridge).Any(link => way.From.Find(link.Name.Value)?.Kind == LinkKind.Bond)),
        ("trap: a bridge becomes a bond", way => way.To.Of(LinkKind.Bond).Any(link => way.From.Find(link.Name.Value)?.Kind == LinkKind.Bridge)),
        .. Masters.Select(kind => ($"trap: the last port leaves a {kind}", (Func<Way, bool>)(way => way.Both(kind).Any(pair => !pair.Was.Ports.IsEmpty && pair.Is.Ports.IsEmpty)))),
        ("trap: the first port leaves a bond", way => way.Both(LinkKind.Bond).Any(pair => !pair.Was.Ports.IsEmpty && !pair.Is.Ports.IsEmpty && !pair.Is.Ports.Any(port => port.Name == pair.Was.Ports[0].Name))),
        ("trap: carrier polling gives way to ARP", way => way.Both(LinkKind.Bond).Any(pair => pair.Was.Settings.Number(BondLines.Miimon) > 0 && pair.Is.Settings.Number(BondLines.ArpInterval) > 0)),
        ("trap: ARP gives way to carrier polling", way => way.Both(LinkKind.Bond).Any(pair => pair.Was.Settings.Number(BondLines.ArpInterval) > 0 && pair.Is.Settings.Number(BondLines.Miimon) > 0)),
        ("trap: a MAC leaves the file", way => way.Both().Any(pair => Word(pair.Was, Table.Mac) is not null && Word(pair.Is, Table.Mac) is null)),
        ("trap: IPv6 goes off under addresses", way => way.Both().Any(pair => pair.Was.Addresses.Any(address => address.Value.Is6) && !pair.Is.Addresses.Any(address => address.Value.Is6))),
        ("trap: a port's PVID changes", way => way.Both(LinkKind.Bridge).Any(pair => pair.Is.Ports.Any(port => pair.Was.Ports.Any(was => was.Name == port.Name && was.Vlans?.Pvid != port.Vlans?.Pvid)))),
        ("trap: the way out moves to another link", way => way.To.Links.Any(link => link.Gateways.Any(hop => way.From.Links.Any(other => other.Name != link.Name && other.Gateways.Any(was => was.Value.AddressFamily == hop.Value.AddressFamily))))),
        ("trap: addresses change their order", way => way.Both().Any(pair => pair.Is.Addresses.Where(pair.Was.Addresses.Contains).ToList() is var stay && !stay.SequenceEqual(pair.Was.Addresses.Where(pair.Is.Addresses.Contains)))),
        ("trap: another primary", way => way.Both().Any(pair => pair.Is.Addresses.Where(address => !address.Value.Is6).GroupBy(address => address.Value.Network)
            .Any(network => pair.Was.Addresses.FirstOrDefault(address => address.Value.Network == network.Key) is { } first && first != network.First() && network.Contains(first)))),
        ("trap: an address gets another time", way => way.Both().Any(pair => pair.Is.Addresses.Any(address => pair.Was.Addresses.Contains(address) && pair.Was.LifetimeOf(address.Value) != pair.Is.LifetimeOf(address.Value)))),
        ("trap: a primary address goes and its secondary stays", way => way.Both().Any(pair => pair.Was.Addresses.Any(first => !first.Value.Is6 && !pair.Is.Addresses.Contains(first)
            && pair.Is.Addresses.Any(second => second.Value.Network == first.Value.Network && pair.Was.Addresses.Contains(second))))),
        ("trap: a port moves to a VRF", way => way.To.Of(LinkKind.Vrf).Any(vrf => vrf.Ports.Any(port => way.From.Find(port.Name.Value) is not null && Way.MasterOf(way.From, port.Name.Value) is null))),
        ("trap: a port leaves a VRF", way => way.From.Of(LinkKind.Vrf).Any(vrf => vrf.Ports.Any(port => way.To.Find(port.Name.Value) is not null && Way.MasterOf(way.To, port.Name.Value) is null))),
        ("trap: a VRF gets another table", way => way.Both(LinkKind.Vrf).Any(pair => pair.Was.Settings.Number(VrfLines.RoutingTable) != pair.Is.Settings.Number(VrfLines.RoutingTable))),
        ("trap: a veth gets another peer", way => way.Both(LinkKind.Veth).Any(pair => Word(pair.Was, VethLines.Peer) != Word(pair.Is, VethLines.Peer))),
        ("trap: a MACVLAN comes to passthru or leaves it", way => way.Both(LinkKind.Macvlan).Any(pair => (Word(pair.Was, MacvlanLines.Mode) == "passthru") != (Word(pair.Is, MacvlanLines.Mode) == "passthru"))),
        ("trap: a VXLAN gets another remote", way => way.Both(LinkKind.Vxlan).Any(pair => Word(pair.Was, VxlanLines.Remote) != Word(pair.Is, VxlanLines.Remote))),
        ("trap: a NIC leaves the file", way => way.From.Of(LinkKind.Nic).Any(nic => way.To.Find(nic.Name.Value) is null)),
    ];

    private static LinkKind[] Masters => [LinkKind.Bond, LinkKind.Bridge];

    private static string? Word(Link link, Weft.Model.Attributes.Attribute attribute) => link.Settings.Word(attribute);
}
