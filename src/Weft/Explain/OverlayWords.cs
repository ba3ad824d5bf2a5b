// What a MACVLAN, a veth and a VRF have. A VXLAN has a file of its own.

namespace Weft.Explain;

internal static class OverlayWords
{
    public static readonly IReadOnlyDictionary<string, string> OfMacvlans = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["link"] = """
            The NIC, bond, VLAN or bridge that it is another face of: frames for its own MAC come to it, everything else stays with the link. A link with MACVLANs cannot be
            the port of a bond or bridge, nor the other way round: put the MACVLAN on the bond or bridge. It goes with its link. Another link means that it
            is made anew, with another MAC unless the file says one. A NIC behind a switch that lets one MAC through per port, and most wireless ones, will not do.
            """,
        ["mode"] = """
            bridge lets the MACVLANs of one link talk to each other, which is what containers mostly want. vepa, the kernel's choice, sends even that out, and needs a
            switch that sends it back (hairpin, 802.1Qbg); without one they do not see each other. private keeps them apart whatever the switch does. source lets
            frames in from listed senders only, of which Weft lists none; passthru is one MACVLAN that has the link alone, with the link's own MAC. In no mode does
            the host itself reach its MACVLANs over the link: give the host a MACVLAN too. The mode changes while it is up; to passthru or from it, it is made anew.
            """,
        ["bc_queue_len"] = """
            A broadcast is handed to every MACVLAN of the link, later and in turn, and waits for that in one queue of the link: the longest that any of its MACVLANs asks for. Raise it where many
            containers share a NIC and miss ARP or neighbour discovery in bursts; `ip -d -s link` tells what was dropped on the way in. 1000 is enough for dozens.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> OfVeths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["peer"] = """
            A veth is a cable with both ends in this host: what goes in at one comes out at the other. Each end is an entry of its own that names the other, and has its own
            addresses, MTU and master. Typical: one end in a bridge and the other in a VRF, or between two bridges. There is carrier only while both are up. Both ends in
            one bridge are a loop. Naming another peer makes the cable anew, and its other end with it; a program that takes one end into a container
            takes it out of Weft's sight, and then the file should not declare it.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> OfVrfs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["table"] = """
            The routing table in which the addresses, gateways and routes of the VRF's ports are looked up: a number that no other VRF has and nobody else uses, above 255 to be
            safe. A gateway or route over a port is in this table by itself; say `table` of a route only where it is to be in another. Two VRFs may have
            the same addresses. The host's own programs use the main table unless they are bound to the VRF (`ip vrf exec`), so a management VRF hides ssh from a
            server that does not know of it, unless net.ipv4.tcp_l3mdev_accept is on. Another table means that the VRF is made anew. A link that comes to a VRF or leaves
            it is taken down and up by the kernel: its IPv6 addresses and routes go, and Weft puts back those that the file says.
            """,
    };
}
