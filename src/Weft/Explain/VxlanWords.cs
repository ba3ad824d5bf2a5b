// A VXLAN's options.

namespace Weft.Explain;

internal static class VxlanWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["id"] = """
            The number of the network, which all its ends share; 0 to 16777215. With the UDP port it tells which VXLAN a frame that arrives is for, so the host has each number
            once for each port. Another id makes the link anew, and what stands on it, a bridge's port say, comes back with a blink.
            """,
        ["external"] = """
            One VXLAN for many networks: a program, a route or a bridge's tunnel table says with each frame which number it has and where it goes. It is for Open vSwitch-like
            controllers and for EVPN with vlan_tunnel on the bridge's port. Without such a program nothing leaves. It has no id, and no other VXLAN can use its UDP port.
            """,
        ["link"] = """
            The link that the frames go over. Its MTU less 50 bytes (70 over IPv6) becomes the VXLAN's, and goes on being that as long as nobody says another. It is needed for a
            multicast group. Without it the routing table decides, which suits hosts with several ways, but nobody reckons the MTU. The VXLAN goes
            with its link. A VRF may be named: then the other ends are looked up in its table.
            """,
        ["local"] = """
            The address that it sends from, and that other ends know this host by: with several uplinks an address on a link of its own, a dummy, that is there whichever uplink
            works. Left out, the route to each end decides, and a host with two ways has two names. It must be one of the host's own addresses, of the
            family of remote or group. Within that family it changes without a blink.
            """,
        ["remote"] = """
            The other end, where there is just one: frames whose receiver is not known go there. For more ends leave it out and let a routing daemon (EVPN) or
            `bridge fdb append` enter them, or use a group. Another address of the same family is taken at once; the first one, or one of the other family, makes the
            link anew.
            """,
        ["group"] = """
            A multicast group that all ends join: frames whose receiver is not known, broadcasts first of all, go to it, and answers teach who is where. The network between must
            carry multicast, with IGMP snooping and a querier, or routed with PIM; clouds do not. It needs link. The kernel takes another group without joining it,
            so Weft makes the link anew.
            """,
        ["port"] = """
            The UDP port at both ends. 4789 is the one that was assigned to VXLAN and that switches and other systems use: say it. The kernel's own, if nothing is said, is 8472, which it
            had before there was a standard; flannel still uses that. Firewalls on the way must let it through. VXLANs of one port share a socket, and so must
            agree in external, gbp and udp_zero_csum6_rx.
            """,
        ["source_port"] = """
            The range that each flow's source port is taken from. Switches and NICs spread flows by it, over a bond's ports and over equal ways, so a range of one port puts all on one
            way. The default is the host's own range of local ports. Narrow it only where a firewall wants to know; the kernel changes it only by making the link anew.
            """,
        ["ttl"] = """
            How many routers the outer packet may pass. 0 leaves it to the host (64, and 1 for a multicast group). Raise it where a group is routed; a small number keeps a network from
            leaving a site. inherit copies that of the packet inside, so that traceroute through the network counts the routers between; to inherit or from it, the VXLAN is made anew.
            """,
        ["tos"] = """
            The priority marking of the outer packet. 1 copies that of the packet inside, so that switches between treat it alike; any other number is set on all. The
            congestion bits are always copied.
            """,
        ["df"] = """
            Whether the outer packet forbids being cut up. unset lets routers and the host itself cut what is too long, which costs speed and fails where fragments are dropped;
            set makes too long packets vanish, or come back as a lowered path MTU; inherit copies the packet inside. A right MTU makes the question moot. Over IPv6
            routers never cut.
            """,
        ["ageing"] = """
            For how long a learned address is kept that sends nothing, in seconds. A guest that moves without a word is found again at the latest then. The kernel
            takes 0 for its own default, so nothing is kept for good but what is entered as permanent.
            """,
        ["max_address"] = """
            The most addresses that are kept; then new ones are not learned, and frames to them go to all ends. It protects memory from a guest that makes up senders. 0 is no limit.
            """,
        ["learning"] = """
            On, the VXLAN learns from each frame which end a sender is behind, as a bridge does. Off is for networks where a daemon or controller enters that (EVPN): learning would then
            overrule it, and let any end claim any address.
            """,
        ["proxy"] = """
            Answers ARP and neighbour solicitations from the neighbours that were entered on the VXLAN, so that they need not go to all ends. Useful with a controller that enters them; without
            entries it does nothing, and answers for guests that are gone as long as their entry stands.
            """,
        ["rsc"] = """
            Route short circuit: a frame to a router's MAC whose IP destination is known on this network goes straight there. It needs neighbours that a controller entered, and bypasses
            what the router would have filtered.
            """,
        ["l2miss"] = """
            Sends programs a message over netlink for each MAC that is not known, so that a controller enters it. Without a controller it is noise.
            """,
        ["l3miss"] = """
            The same for IP addresses that proxy should answer for and does not know. Without a controller it is noise.
            """,
        ["gbp"] = """
            Group-based policy: the firewall mark travels with the frame, and the far host's firewall can act on it. Both ends must have it, and equipment between must not drop the
            extended header. Whoever can send to the UDP port can set any mark.
            """,
        ["udp_csum"] = """
            Whether packets over IPv4 carry a UDP checksum. It lets NICs merge what arrives (GRO), which mostly gains more than reckoning it costs; the frame inside has
            checksums of its own either way. Some old switches send none and expect none.
            """,
        ["udp_zero_csum6_tx"] = """
            Over IPv6 a UDP packet must have a checksum; tunnels are the exception that may leave it out (RFC 6936). Say true only where the other end cannot reckon it, and
            that end must be told to take such packets.
            """,
        ["udp_zero_csum6_rx"] = """
            Takes packets over IPv6 without a checksum. It must be true where the other end, a hardware switch for example, sends none: otherwise everything from there is dropped
            and counted nowhere near this link.
            """,
    };
}
