// A bond's options and those of its ports.

namespace Weft.Explain;

internal static class BondWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mode"] = """
            The first thing to decide, together with whoever runs the switch: 802.3ad where the switch speaks LACP, active-backup where it does not or where there
            are two switches without a common mind. The other five are for special cases, and most of them harm guests behind a bridge. The kernel changes the mode
            only of a bond that is down and has no ports, so the whole bond blinks, and with the new mode some options get other defaults.
            """,
        ["miimon"] = """
            Set it: without a monitor a bond goes on sending into a port whose cable is out. 100 ms is usual; a failure is seen at the next look, so it costs up to
            that plus downdelay. It sees the carrier of the cable and nothing behind it; what lies farther, arp_interval or LACP sees. It excludes
            arp_interval: the kernel sets that one to 0 as soon as miimon is more, and the other way round.
            """,
        ["updelay"] = """
            Gives a switch the time to forward before a port is used that came back: a switch port with spanning tree is up for 30 s before it passes frames, unless it is
            an edge port. Better make it an edge port; otherwise set this above that time. It needs miimon and is rounded down to a multiple of it, and it is not waited for
            while no other port works.
            """,
        ["downdelay"] = """
            Overlooks a carrier that is lost for a moment only. All that is sent to the port meanwhile may be lost, so leave it at 0 unless a port flaps for a
            known reason. It needs miimon and is rounded down to a multiple of it; in 802.3ad many drivers pass it by.
            """,
        ["peer_notif_delay"] = """
            Spreads the notifications of num_grat_arp, for switches that need a while after a failover before they pass the first one. It does nothing while num_grat_arp
            is 1 and the first gets through. It needs miimon and is rounded down to a multiple of it.
            """,
        ["use_carrier"] = """
            Leave it on. Off is for drivers of twenty years ago that did not tell the kernel about carrier: then registers of the NIC are read, which may
            sleep and take long. Kernels from about 6.18 on know no off.
            """,
        ["arp_interval"] = """
            Watches the whole way to the targets and not the cable alone, and so finds a switch without uplink or a VLAN that somebody removed. 100 to 1000 ms
            are usual; a port is down after arp_missed_max intervals without an answer and half of one. It needs targets, and an address of the host in
            their network: without one the question leaves untagged. It excludes miimon, and does not go with a switch that hashes answers onto one port.
            """,
        ["arp_ip_target"] = """
            Choose what answers for as long as the network lives: the gateway, and a second host, so that the restart of one does not take every port down. An address of the
            bond or of a link that stands on it must be in the targets' network. A target that is reached by another link is passed over in silence.
            """,
        ["ns_ip6_target"] = """
            The targets for a host that has IPv6 only: they are asked by neighbour solicitation. Targets of both families may be given, and count together. What is
            said of arp_ip_target holds for them as well: two are better than one, and the host needs an address beside them.
            """,
        ["arp_validate"] = """
            Without it any frame proves a port alive, even the broadcasts of another host that asks the same gateway through the same switch. active or all makes only
            true answers count. backup and all need both switches to be in one broadcast domain, since a backup port is judged by our own question
            that arrives there. The kernel sets it back to none when the mode is changed.
            """,
        ["arp_all_targets"] = """
            any is right for most: the way is good while one target answers. all is for targets that stand for different parts of the network, each of which this host
            must reach; but then the restart of a single target makes the bond fail over. It counts with arp_validate only.
            """,
        ["arp_missed_max"] = """
            More makes the monitor patient with a target that now and then loses an answer, and slower by one arp_interval for each. Raise it rather than
            arp_interval where ports flap under load. A backup port is given one interval more.
            """,
        ["primary"] = """
            For ports that are not equal: the faster NIC, or the one whose switch has the shorter way. Whenever the primary is up it is used, and traffic moves back to it, which
            is a second small outage; primary_reselect: failure avoids that. It may name a port that is not there yet. While it is set and in the bond, the
            ports' prio is ignored.
            """,
        ["primary_reselect"] = """
            Decides whether traffic goes back to a primary that has recovered. always goes back at once, so a port that flaps takes everybody along; better does if it is
            faster; failure stays until the port in use fails. Choose failure, or an updelay, where the switch needs time before it forwards.
            """,
        ["fail_over_mac"] = """
            none unless a NIC cannot or may not take the bond's MAC: a virtual function, InfiniBand, a network that allows one MAC a port. With active the bond's MAC
            changes at every failover, and that of a bridge above with it where the bridge has no mac of its own. A MAC that the file gives the bond is
            then ignored. To change it the kernel wants the bond without ports, so the bond blinks.
            """,
        ["xmit_hash_policy"] = """
            layer2 looks at the MACs only: everything that goes to one gateway takes one port. layer2+3 adds the addresses, layer3+4 the ports of TCP and UDP and spreads best; large
            UDP datagrams that are cut to pieces may then overtake each other. encap2+3 and encap3+4 look inside tunnels, vlan+srcmac keeps each guest on one
            port. One connection uses one port under each of them, and the switch chooses for the way back by a policy of its own.
            """,
        ["resend_igmp"] = """
            After a failover the new port's switch does not know which multicast groups are wanted here; reports tell it. Raise it where the first report tends to get
            lost because the switch does not forward yet: they follow each other every 200 ms. 0 leaves it to the next query of a router, which may be two
            minutes away.
            """,
        ["num_grat_arp"] = """
            The notifications make switches and neighbours learn the new port at once. Raise it, with peer_notif_delay, where a switch is slow to forward and the
            first is lost. They are sent for addresses of the bond and of VLANs on it and never for one on a bridge above: there the switch learns from
            the next frame that the host or a guest sends.
            """,
        ["all_slaves_active"] = """
            Leave it off. On, a bond passes up what arrives at its inactive ports as well, so every broadcast that the switch floods comes twice or more, and a bridge
            above learns addresses at the wrong side. It is for the rare network whose other end sends by ports of its own choice.
            """,
        ["min_links"] = """
            Takes the bond's carrier away when too few ports are left, so that a cluster or routing daemon moves elsewhere instead of squeezing all
            through one cable. 2 also shows a switch that does not answer LACP, since then only one port works. As many as there are ports turns any one failure
            into an outage. Other modes take it and do nothing with it.
            """,
        ["lp_interval"] = """
            How fast switches learn the way again to each port's MAC, in a network that forgets. 1 s is seldom wrong; more saves a few frames. In other modes it
            does nothing.
            """,
        ["packets_per_slave"] = """
            More than 1 keeps a few packets together and lessens the disorder that balance-rr makes; it also lessens the evenness. 0 chooses at random. Where order
            matters the answer is another mode, balance-xor or 802.3ad.
            """,
        ["lacp_rate"] = """
            Asks the partner for messages every second in place of every 30 s: with fast a partner that fell silent while the light stays on is found in 3 s, with
            slow in 90 s. Choose fast where media converters or a provider's line lie between, or where 90 s are too long. The two ends may differ, each rules
            what the other sends. A bond must be down to change it, so it blinks.
            """,
        ["lacp_active"] = """
            Off makes this end wait for the other to begin. At least one end must be active: of two passive ones nobody need begin, and two Linux ends, which come up by
            what they tell of changes, lose frames when what they know of each other runs out. There is hardly a reason to switch it off, other than a switch whose
            owner insists on beginning.
            """,
        ["ad_select"] = """
            Matters only where the ports fall into several groups, as with two switches that are no pair, or ports of different speed: one group is used, the others
            wait. stable keeps the group until it dies; bandwidth and count move to the better one at each change, and every move is a short outage. With a
            single group it changes nothing.
            """,
        ["ad_actor_sys_prio"] = """
            Decides who has the last word where more ports could be bundled than the switch takes, and is otherwise without effect. Lower it to let this host decide. Leave
            it alone unless whoever runs the switch asks for it.
            """,
        ["ad_user_port_key"] = """
            Keeps ports apart that could be bundled, since only equal keys are. Bonds are apart anyway, so it is for networks whose switches group ports by key. It takes
            effect for ports that join afterwards, and the bond must be down.
            """,
        ["ad_actor_system"] = """
            What the partner knows this bundle by. By default it is the bond's MAC, and that is good; set it where two hosts are to look like one to the switch, or the MAC
            changes and the bundle must not. Two bonds with the same value on one switch may be taken for one bundle. No multicast address will do.
            """,
        ["tlb_dynamic_lb"] = """
            On, flows are dealt anew every 10 s by the load of each port, so a flow may change its port. Off, a hash of xmit_hash_policy fixes the port, steadier and
            fairer with many flows. The bond must be down to change it.
            """,
        ["coupled_control"] = """
            Leave it on with Linux and most switches. Off lets a port receive before it sends, as the newer standard has it, for a partner that loses frames
            when both begin at once. The bond must be down to change it.
            """,
        ["broadcast_neighbor"] = """
            For two switches that serve one bundle without telling each other what they learned: ARP and neighbour discovery then reach both. With a real pair (MLAG)
            leave it off, for each question would be seen twice. The kernel switches it off when the mode is changed.
            """,
        ["lacp_strict"] = """
            Without it a bond whose switch does not answer shows carrier and uses one port, which hides a switch that was never set up. On, such a bond has no
            carrier, and a cluster or a routing daemon notices. Do not set it on a host that must boot over the network through a switch that is
            not set up yet.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> OfPorts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["prio"] = """
            Puts the ports in an order where one primary is not enough: of three, which is next. The larger is preferred whenever it is up, so traffic moves back to
            it. The kernel ignores it while a primary is set and in the bond; use one of the two.
            """,
        ["queue_id"] = """
            Lets a tc filter choose the port: the filter gives a packet a queue's number, and it leaves by the port that has that number, while that port is up. Each number
            other than 0 can be given once, and it must be less than or equal to the number of transmit queues of the bond. Without a filter it does nothing.
            """,
        ["actor_port_prio"] = """
            Says which ports are worth more to LACP, a lower number being the better one for the partner. It decides between groups of ports with ad_select: actor_port_prio,
            which takes the group whose sum is highest. Otherwise leave it.
            """,
    };
}
