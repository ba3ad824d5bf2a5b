// What concerns several attributes: the questions that come before any option is chosen.

namespace Weft.Explain;

internal static class SubjectWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lacp"] = """
            LACP is the protocol by which both ends of a bundle of cables agree that it is one (802.3ad here, a port channel with LACP on the switch).
            The switch needs the same ports in one group with LACP on, active unless this end is; ports of two switches only where those are a pair
            that acts as one (MLAG, VPC). Its messages prove the whole way to the partner, so a cable in the wrong port, or a
            converter that keeps the light on, is found out: after 90 s with lacp_rate slow, after 3 s with fast. Where the switch does not speak LACP, Linux
            uses one port alone and still has carrier; min_links or lacp_strict make that show. A switch that speaks LACP does not use ports whose
            host is in another mode, and a static group on the switch goes with balance-xor and not with 802.3ad.
            """,
        ["miimon-or-arp"] = """
            A bond without a monitor never notices a dead port. miimon looks at each port's carrier: cheap, good in every mode, 100 ms is usual; but it
            sees the cable and no farther, so a switch that lost its uplink, a VLAN that somebody took off the switch port, or a media converter whose far side
            is dark all look healthy. arp_interval asks targets across the network and sees all of these; it works in modes balance-rr,
            active-backup, balance-xor and broadcast only, and best in active-backup. It needs targets that always answer, better two than
            one, and an address of the host in their network, else the question leaves untagged and from 0.0.0.0. A bond has one of the two:
            the kernel switches the other off without a word. With 802.3ad take miimon, and LACP itself watches the way.
            """,
        ["vlan-over-or-under-bond"] = """
            Usually the VLAN goes over the bond: bond the NICs once, then put bond0.100 and bond0.200 on it. All VLANs then share one failover, one
            monitor and one LACP group, and a new VLAN is one more link. The VLAN goes under the bond, eth0.100 and eth1.100 as ports, where one network needs
            a failover of its own: an ARP monitor that asks inside that VLAN and sees it missing on one switch, or one VLAN that prefers
            eth0 while the next prefers eth1. Then use active-backup, for LACP is spoken by NICs and not by VLANs, and each VLAN costs a bond more.
            Never both on one NIC for the same VLAN: a VLAN on a NIC that is a bond's port takes its frames before the bond sees them.
            """,
        ["stp"] = """
            The spanning tree finds loops among bridges and switches and blocks one port of each. A bridge of Linux speaks the old protocol of 1998: a port that
            comes up listens and learns for twice forward_delay, 30 s, before it carries anything, and guests that boot over the network give up
            by then. A hypervisor's bridge with one uplink, a bond included, can make no loop: leave stp off, and have the switch treat its port as an edge
            port. Switch it on where a bridge has two ways to one network, and not towards a switch port with BPDU guard, which shuts down at the first message. With
            stp off the bridge passes the messages of others on, so a loop through a guest is still found by the switches.
            """,
        ["vlan-filtering"] = """
            A bridge with vlan_filtering is a VLAN-aware switch: one bridge for all VLANs in place of a bridge for each. Every port has a table of the VLANs it is
            in, with pvid for frames that come without a tag; what is not in the table is dropped. The bridge itself is a port too: a VLAN link on the bridge gets
            nothing until the bridge's own `vlans` name its id. default_pvid puts every new port in VLAN 1 untagged, which ties ports together that
            nobody meant to; 0 is the safer choice. While vlan_filtering is off the tables are kept and do nothing, tags pass as they are, and an address is
            learned once for all VLANs.
            """,
        ["fail-over-mac"] = """
            Normally all ports of an active-backup bond bear one MAC, so nobody outside needs to learn anything at a failover but the switches. Where a port may not
            change its MAC, an InfiniBand link, a virtual function or a NIC of a guest whose host drops foreign addresses, fail_over_mac
            active lets each keep its own, and the bond takes that of the active port. The price: the bond's MAC changes at each failover, with it that of VLANs
            on it and of a bridge without a mac of its own, and peers depend on a gratuitous ARP that does not pass a bridge. follow hands one
            MAC from port to port, for hardware that is confused by one MAC on two ports. Other modes take the option and do nothing with it.
            """,
        ["multicast"] = """
            With mcast_snooping a bridge sends multicast only where somebody asked for it, and learns who by listening to IGMP and MLD. That works only while
            someone keeps asking who is still there: the querier, usually a router, or a bridge with mcast_querier. Without any, a bridge floods as if it
            did not snoop; but switches beside it may drop what they forgot, and IPv6 neighbour discovery, VRRP and cluster heartbeats fail minutes
            after all seemed well. So either have one querier in each VLAN, or switch snooping off where guests need little multicast. 224.0.0.0/24 is
            always flooded.
            """,
        ["addresses"] = """
            A link's addresses, each alone or as a map of address, preferred_lft and valid_lft, stand in the file in the order in which the kernel is to prefer them. IPv4: the first
            of a network is its primary, from which connections into it start, and the first of all is the source where none is of the
            destination's network. IPv6 has rules of its own (RFC 6724: the same address, scope, not deprecated, label, longest common prefix), and takes
            the first where they leave a choice. The kernel puts a new IPv4 address behind the others of its sort, a new IPv6 address before them, and moves none: what
            stands wrong is taken away and given again, and the plan says what blinks, of IPv6 until duplicate address detection is over. So a new address costs the others
            nothing if it is the last of IPv4, or the first of IPv6. Where somebody else has an IPv4 address in a network, that network keeps its order.
            """,
        ["preferred_lft"] = """
            For how many seconds the kernel chooses the address as a source of new connections; then it is deprecated: still there and answered, and existing
            connections go on. 0 makes it so at once, the usual use: an IPv6 address of a service that others reach and from which the host itself is never
            to speak, or an old address while it is given up; if all others are deprecated too, it is chosen all the same. IPv4 shows the flag
            and goes by the order alone, so put the address behind another of its network. Left out, it is as long as valid_lft; longer the kernel refuses, and of an IPv4
            address that lives forever it counts no time. The time runs from when a file begins to say it; the same file again does not wind it up.
            """,
        ["valid_lft"] = """
            For how many seconds the address is there; then the kernel takes it away, with the routes that need it. Forever where it is left out, which is what a
            host's own address wants. A time suits an address that is lent: should nobody prolong it, it goes, whether or not anybody remembers. Applying the
            same file again does not wind it up; another time in the file does, and an address that has gone is missing, so the next apply gives it anew with its
            whole time. Addresses with a time that no file says count as leased: they are some client's, and left alone. 0 the kernel refuses.
            """,
        ["redundancy"] = """
            Redundancy is what is left when something fails: a cable, a NIC with all its ports, a switch. Every mode of a bond gives it against a cable, and
            active-backup gives nothing else: one port carries, the next takes over. Against a NIC the ports must be of two cards, and against a switch
            the cables must lead to two, which active-backup, balance-tlb and balance-alb take as they are, and 802.3ad only where the two are a pair (MLAG). What is left may be less than
            what was there: a bond that is full on two ports loses packets on one. weft show --capacity tells what each network keeps after a cable, a NIC and a
            switch.
            """,
        ["load-balancing"] = """
            Load balancing sends different flows over different ports, while one flow keeps to one port and is never faster than that. How evenly they
            fall lies in what is hashed: xmit_hash_policy layer2 sends all that goes through one gateway over one port, and layer3+4 spreads even the
            connections of two hosts. It may hold in one direction alone: balance-tlb spreads what is sent and receives over one port, and what comes in over
            a group of ports is spread by the switch, with a hash of its own. weft show --capacity says of each network whether its flows are spread.
            """,
        ["aggregation"] = """
            Aggregation is that bandwidths add up: all flows together get the sum of the ports, in both directions, and both ends treat the ports as one link. 802.3ad
            does it with LACP, balance-xor and balance-rr with a static group on the switch. It needs ports of one speed, flows that differ in what
            the policy hashes, and a slot that carries the sum: a card with two ports of 40G in 8 lanes of PCIe gen 3 gets 63G. Only balance-rr gives one flow more than
            one port, and its packets overtake each other, which TCP takes for loss. weft show --capacity says what the sum is, and what holds it back.
            """,
    };
}
