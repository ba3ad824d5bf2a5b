// What kinds of links do that no bond, bridge or VLAN does: a veth's ends come and go together, a VXLAN leaves room for what it adds,
// a MACVLAN that has its link alone shares its MAC, a VRF takes its ports down and up. Each line here was seen on a kernel (6.1).

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed partial class World
{
    /// <summary>Whether the kernel lowers such a link with the one that it stands on. A VXLAN or tunnel keeps its own MTU.</summary>
    public static bool FollowsDown(LinkKind kind) => kind == LinkKind.Vlan || kind == LinkKind.Macvlan;

    /// <summary>The VRF that a link is a port of.</summary>
    public Piece? VrfOf(Piece piece) => piece.Master is { } master && Find(master) is { } vrf && vrf.Kind == LinkKind.Vrf ? vrf : null;

    public static string? VrfOf(Host host, string link) =>
        host.Find(link)?.State?.Master is { } master && host.Find(master)?.Kind == LinkKind.Vrf ? master : null;

    /// <summary>The table that the kernel looks a link's own routes up in (l3mdev_fib_table).</summary>
    public long TableOf(string link) => Find(link) is { } piece && (piece.Kind == LinkKind.Vrf ? piece : VrfOf(piece))?.Settings.Number(VrfLines.RoutingTable) is { } table ? table : Route.MainTable;

    /// <summary>
    /// A port that comes to a VRF or leaves it loses what it has of IPv6, down or up (addrconf_notify, NETDEV_CHANGEUPPER); one that is up goes down and
    /// comes up again (cycle_netdev).
    /// </summary>
    private void Cycle(Piece port)
    {
        LoseIpv6(port);
        if (!port.Up)
            return;
        SetUp(port, false);
        SetUp(port, true);
    }

    /// <summary>A new veth's other end, made by the same message.</summary>
    private void AddPeer(Piece veth)
    {
        if (veth.Kind != LinkKind.Veth || veth.Peer is not { } name || Find(name) is not null)
            return;
        var peer = New(name, LinkKind.Veth, NaturalMtu.OfEthernet, null);
        peer.Put(VethLines.Peer, Value.Of(veth.Name));
    }

    private void RemovePeer(Piece veth)
    {
        if (veth.Kind == LinkKind.Veth && veth.Peer is { } name && Find(name) is { } peer && peer.Peer == veth.Name)
            Remove(peer);
    }

    /// <summary>Whether a MACVLAN has the link alone, and its MAC is the link's.</summary>
    public static bool IsPassthru(Piece piece) => MacvlanLines.IsPassthru(piece.ValueOf(MacvlanLines.Mode));

    /// <summary>Whether something that goes by its MAC did not hear that it is another now: a VLAN that is up and was given none, or a bridge.</summary>
    public bool IsUnheard(Piece passthru) =>
        passthru is { MacIsUnheard: true, Mac.Length: > 0 }
        && (TagsOf(passthru.Name).Any(tag => tag is { Up: true, MacIsSet: false } && tag.Kind == LinkKind.Vlan) || (passthru.Master is { } master && Find(master) is { MacIsSet: false } bridge && bridge.Kind == LinkKind.Bridge));
}
