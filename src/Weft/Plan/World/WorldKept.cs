// What hangs on links and no file declares, as far as steps take it along. Predicting a loss that the kernel does not
// inflict costs a message that changes nothing; missing one would lose somebody's entry, so in doubt a thing is lost.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed partial class World
{
    private readonly Dictionary<string, List<Kept>> kept = new(StringComparer.Ordinal);

    /// <summary>What the steps so far took along, in the order in which it went.</summary>
    public List<Kept> Lost { get; } = [];

    /// <summary>The routes that went by themselves.</summary>
    public List<Route> LostRoutes { get; } = [];

    private void DropRoutes(Predicate<Route> goes)
    {
        Routes.RemoveAll(route =>
        {
            if (goes(route))
                LostRoutes.Add(route);
            return goes(route);
        });
    }

    public bool Holds(Kept thing) => kept.TryGetValue(thing.Link, out var list) && list.Contains(thing);

    /// <summary>Whether a nexthop object, or what is left of a group, is there; routes go with it.</summary>
    public bool HasNexthop(uint id) => kept.Values.Any(list => list.Exists(thing => thing.Nexthop == id));

    /// <summary>The link is gone, and everything on it, and every object that needs it.</summary>
    private void LoseAll(string link) => Lose(link, static _ => true);

    /// <summary>
    /// A link that goes down loses its neighbours, permanent ones too (neigh_ifdown), and the nexthop objects over it (nexthop_flush_dev).
    /// </summary>
    private void LoseWhenDown(string link) => Lose(link, static thing => thing.Kind is KeptKind.Neighbour or KeptKind.Nexthop or KeptKind.NexthopGroup);

    /// <summary>With its MAC a link loses its neighbours, permanent ones too (neigh_changeaddr).</summary>
    private void LoseWithMac(string link) => Lose(link, static thing => thing.Kind == KeptKind.Neighbour);

    private void LoseSysctls6(string link) => Lose(link, static thing => thing.Kind == KeptKind.Sysctl6);

    /// <summary>A port that leaves its bridge loses what the bridge kept for it.</summary>
    private void LoseUnder(string port, string master) => Lose(port, thing => thing.Master == master);

    /// <summary>Whether a link can have carrier: it is up, and so is a port, or what it stands on; a cable or guest that was not there will not be.</summary>
    public bool MayCarry(Piece piece) =>
        piece.Up && (piece.Kind.SpeaksForPorts ? piece.CarriesAlone || (!piece.IsSilent && PortsOf(piece.Name).Any(port => MayCarry(port) && !Listens(port, piece)))
            : piece.Kind == LinkKind.Vxlan || piece.Kind == LinkKind.Vrf || piece.Kind == LinkKind.Dummy ? true
            : piece.Kind == LinkKind.Veth && piece.Peer is { } peer && Find(peer) is { } end ? end.Up
            : piece.Lower is { } lower && Find(lower) is { } below ? MayCarry(below)
            : observed.Find(piece.Name) is not { State.Carrier: false } was || was.Settings.Flag(Table.Up) != true);

    /// <summary>A port that is new to a bridge with a spanning tree carries nothing for twice the forward delay (BR_STATE_LISTENING, LEARNING).</summary>
    private bool Listens(Piece port, Piece bridge) =>
        bridge.Kind == LinkKind.Bridge && bridge.Settings.Flag(BridgeLines.Stp) == true && (IsNew(bridge.Name) || IsNew(port.Name) || observed.Find(port.Name)?.State?.Master != bridge.Name);

    /// <summary>Links with nexthops that have carrier, or may; the kernel flushes these (nh_netdev_event) when it goes: a port was lost, here or below.</summary>
    private readonly HashSet<string> hopping;

    /// <summary>What takes all frames of the link that it stands on (netdev_rx_handler_register): that is no port, and no port carries it.</summary>
    public static bool TakesFrames(LinkKind kind) => kind.Word is "macvlan" or "macvtap" or "ipvlan" or "ipvtap";

    private void LoseWithoutCarrier()
    {
        foreach (var link in hopping)
            if (Find(link) is { } piece && !MayCarry(piece))
                Lose(link, static thing => thing.Kind is KeptKind.Nexthop or KeptKind.NexthopGroup);
    }

    private void LoseAddress(string link, IpPrefix address) => Lose(link, thing => thing.Kind == KeptKind.Address && thing.Address == address);

    private void Lose(string link, Func<Kept, bool> goes)
    {
        if (!kept.TryGetValue(link, out var list))
            return;
        var lost = list.FindAll(thing => goes(thing));
        Lost.AddRange(lost);
        list.RemoveAll(thing => goes(thing));
        foreach (var hop in lost.Select(thing => thing.Nexthop).OfType<uint>().Where(hop => !HasNexthop(hop)))
            DropRoutes(route => route.Nexthop == hop);
    }

    /// <summary>A kept thing is put back; where it is a link, it stands again as it was observed.</summary>
    private void PutBack(Kept thing)
    {
        Listed(kept, thing.Link).Add(thing);
        if (thing is { Kind: KeptKind.Link, Upper: { } name } && Find(name) is null && observed.Find(name) is { } was)
        {
            Enter(new Piece(name, was.Kind)
            {
                Settings = was.Settings, OwnMac = was.State?.IdentityMac, MacIsSet = was.State?.MacIsSet ?? false, Below = was.State?.Lower,
                Master = was.State?.Master is { } master && Find(master) is not null ? master : null,
            });
            made.Add(name);
            foreach (var (line, usual) in NewLinks)
                Find(name)!.Put(line, usual.Value);
            Find(name)!.Put(MarkLines.Altnames, MarkLines.Altnames.Default(Settings.Empty)!); // They are kept apart, and so is its note.
            Find(name)!.Put(MarkLines.Alias, MarkLines.Alias.Default(Settings.Empty)!);
            if (was.Settings.Has(Table.Ipv6))
                Find(name)!.Put(Table.Ipv6, Value.Of(NewLinksIpv6));
            // It takes no more than its lower link has by now.
            if (Find(thing.Link) is { } lower && Find(name) is { } again && lower.Mtu < again.Mtu)
                SetMtu(again, lower.Mtu, byHand: false);
        }
        if (thing is { Kind: KeptKind.Address, Address: { } address } && Find(thing.Link) is { } piece)
            PutAddress(piece, address, observed.Find(thing.Link)?.LifetimeOf(address) ?? Lifetime.Forever);
    }
}
