// A VLAN's options.

namespace Weft.Explain;

internal static class VlanWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["link"] = """
            Where the tagged frames come from and go to: a NIC, a bond, a bridge, or another VLAN for two tags. Put it on the bond and not on the bond's port,
            where it would take the frames away before the bond sees them. On a VLAN-aware bridge the bridge's own `vlans` must hold the id. The kernel takes a change
            of it and does nothing, so the VLAN is made anew, and what stands on it blinks.
            """,
        ["id"] = """
            The number that the switch knows the VLAN by: the switch port must carry it tagged. 1 to 4094; 0 is a priority tag and no VLAN, 4095 does not exist. A VLAN
            that the switch sends untagged, its native VLAN, never arrives here: use the link itself for that one. One link has each
            id once for each protocol.
            """,
        ["protocol"] = """
            802.1Q is the usual tag. 802.1ad is the outer tag of a provider's network (QinQ): a VLAN with 802.1ad on the bond, and customers' VLANs with
            802.1Q on that. Each tag makes the frame four bytes longer, and no MTU is lowered for it: the switches must pass 8 bytes more, or
            the inner VLAN's mtu must be 4 less.
            """,
        ["reorder_hdr"] = """
            On, whoever captures or filters on the VLAN sees frames without the tag, as programs expect. Off, the tag stays in the frame, for old programs that want to
            see it. There is hardly a reason to change it; programs that read raw frames, such as DHCP clients, may go wrong without it.
            """,
        ["gvrp"] = """
            Announces the VLAN to the switch, so that the switch adds it to its port by itself. It works only where the switch speaks GVRP and is allowed to, which
            is rare: most networks name the VLANs of a port by hand. Needs the kernel's module 8021q with GVRP.
            """,
        ["mvrp"] = """
            As gvrp with the newer protocol, MVRP. One of the two is enough, the one that the switch speaks. Where it does not, the VLAN works all the same as long
            as the switch port carries it.
            """,
        ["loose_binding"] = """
            Normally a VLAN goes down with its lower link and loses its routes. With loose_binding it stays up, for a VLAN whose address must keep
            answering to the host itself or to its guests while the link is away. Nothing leaves by it meanwhile; a daemon that waits for its carrier
            to fail over waits in vain.
            """,
        ["bridge_binding"] = """
            For a VLAN on a VLAN-aware bridge: its carrier then follows the ports that are members of this VLAN and not the bridge as a whole. So a routing daemon
            or a keepalive notices that this very VLAN has no way out any more. It means something on a bridge only.
            """,
        ["egress_qos_map"] = """
            Tells switches how urgent a frame is: a program's priority, or that set by a firewall or traffic control, becomes the three bits of the tag. Priorities that are
            not named become 0. The switch must trust the tags of this port, or it overwrites them. What a guest has put in its own tag is
            not touched.
            """,
        ["ingress_qos_map"] = """
            The other way: the three bits of an arriving tag become the priority that the host's traffic control and sockets see. Without it all is 0. It changes the
            treatment within the host only, and has no say over what the switch does.
            """,
    };
}
