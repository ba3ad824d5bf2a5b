// A bridge's options.

namespace Weft.Explain;

internal static class BridgeWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["stp"] = """
            Switch it on only where the bridge has two ways to one network; with one uplink, a bond included, there is no loop to find. On, every port waits twice
            forward_delay before it forwards: guests that boot over the network and a host that asks for DHCP wait 30 s. A switch port with BPDU guard
            shuts down when it hears the bridge.
            """,
        ["priority"] = """
            Keeps a hypervisor from becoming the root of the network's tree: leave it at 32768 or set it higher than that of every switch. Lower it only on the
            bridge through which all traffic should pass. It counts with stp only.
            """,
        ["forward_delay"] = """
            With stp a new port waits twice this long before it forwards; lower it to 2 s where guests cannot wait and the network is small. All bridges of one tree use
            the root's value, so what is set here counts while this bridge is the root. Without stp it does nothing, but switching stp on raises it to 2 s at least, and then the kernel refuses less.
            """,
        ["hello_time"] = """
            How often the root lets itself be heard. There is hardly a reason to change it; the root's value counts for the whole tree. It counts with stp only.
            """,
        ["max_age"] = """
            How long a dead root is believed to live, and so how long a failure may last before the tree is made anew. It must fit the others: at most 2 × (forward_delay − 1 s), and at least 2 × (hello_time + 1 s).
            It counts with stp only.
            """,
        ["ageing_time"] = """
            Long enough that quiet guests are not forgotten and their frames not flooded: 300 s is right for most. With 0 nothing is learned and every frame goes to
            every port, which is right for a bridge of two ports only. With stp the kernel shortens it for a while when the tree changes.
            """,
        ["vlan_filtering"] = """
            Makes the bridge a VLAN-aware switch: each port has a table of its VLANs, and what is not in the table is dropped. It may be switched on while guests run, but
            until tables are given everything is in VLAN 1 untagged, and tagged frames of guests stop passing. A VLAN link on the bridge then needs its id among the bridge's
            own `vlans`.
            """,
        ["vlan_protocol"] = """
            802.1ad makes it a provider's bridge: it tells VLANs by the outer tag and takes the customer's tag for payload. It must match what the switch sends; with the
            wrong one every frame counts as untagged. It counts with vlan_filtering only.
            """,
        ["default_pvid"] = """
            Every new port, a guest's tap too, becomes an untagged member of this VLAN: with the usual 1 all guests that nobody gave a VLAN share one. Say 0 on a bridge
            with VLANs, so that a port without a table is in none. Changing it moves the ports that still have the old one.
            """,
        ["vlan_stats_enabled"] = """
            Counts frames and bytes for each VLAN, to be read with bridge -s vlan. It costs a little for every frame. It counts with vlan_filtering only.
            """,
        ["vlan_stats_per_port"] = """
            As vlan_stats_enabled, for each VLAN of each port apart, which tells the traffic of a guest from another's. The kernel wants the bridge
            without ports to change it, so decide before guests are there.
            """,
        ["group_fwd_mask"] = """
            A bridge keeps frames to 01:80:c2:00:00:0N to itself. A guest that is to see the switch's LLDP needs 0x4000, 802.1X through the bridge 0x8. Spanning tree,
            pause and LACP the kernel never lets through here; LACP of a guest's own can be let through by the mask of a port.
            """,
        ["no_linklocal_learn"] = """
            Keeps the bridge from learning a MAC from LLDP and such frames, which a switch may send from an address that is somewhere else. Set it where addresses
            seem to jump to a port for no other reason.
            """,
        ["mcast_snooping"] = """
            On, multicast goes only to ports that asked for it, which spares guests much; off, it is flooded like broadcast. It works while somebody asks for memberships (a
            querier). Switch it off where IPv6 or a cluster's heartbeat fails minutes after it worked, or give the VLAN a querier.
            """,
        ["mcast_vlan_snooping"] = """
            On a bridge with many VLANs each then has its own memberships and its own querier; without it they are all taken for one network. It needs
            vlan_filtering, and a querier in each VLAN.
            """,
        ["mcast_router"] = """
            Whether the host's own stack gets all multicast, as a router must. auto lets it follow from whether queries come from here, permanent is for a host that
            routes multicast, disabled for one that never does. For a guest that routes, set it on that guest's port.
            """,
        ["mcast_querier"] = """
            Switch it on where no router or switch of that network asks for memberships, so that snooping works. One querier a network is enough, the one with the lowest
            address asks and the others keep still. Switches may ignore questions from 0.0.0.0: give the bridge an address and mcast_query_use_ifaddr.
            """,
        ["mcast_query_use_ifaddr"] = """
            Needed where switches or guests ignore queries from 0.0.0.0, as many do. The bridge must have an address. It is then part of the election of queriers,
            which the lowest address wins.
            """,
        ["mcast_hash_max"] = """
            When more groups come than this, the kernel switches snooping off for the whole bridge, and it stays off. Raise it where guests use many groups; IPv6
            needs one for nearly each address. It keeps a guest that joins ever more of them from filling the memory.
            """,
        ["mcast_igmp_version"] = """
            The version in which it asks, where it is the querier. 3 lets members name the senders they want. Stay at 2 where something old in the network does not
            understand 3.
            """,
        ["mcast_mld_version"] = """
            The same for IPv6: 2 lets members name the senders they want. It counts where the bridge is the querier.
            """,
        ["mcast_last_member_count"] = """
            After a leave the bridge asks whether somebody else still listens, this many times. Raise it where answers get lost and a group is cut off although
            somebody listens. Each question makes the end of an unwanted stream a little later.
            """,
        ["mcast_last_member_interval"] = """
            The time between those questions, and for the answers to arrive. Lower it to end unwanted streams sooner, as with television by multicast. Too low, slow
            members are cut off.
            """,
        ["mcast_membership_interval"] = """
            How long a port gets a group after its last report. It must be at least twice mcast_query_interval and mcast_query_response_interval on top,
            or members are cut off between two questions. Change it together with that one.
            """,
        ["mcast_querier_interval"] = """
            How long the bridge waits for another querier that has fallen silent before it asks itself. It must be longer than the other's interval of questions. It
            counts with mcast_querier.
            """,
        ["mcast_query_interval"] = """
            How often it asks, where it is the querier. More often finds lost members sooner and costs frames. mcast_membership_interval must be more than twice
            as long.
            """,
        ["mcast_query_response_interval"] = """
            Members spread their answers over this time, so that many do not answer at once. More makes a large network calmer and slower to notice. It
            must be less than mcast_query_interval.
            """,
        ["mcast_startup_query_count"] = """
            A bridge that comes up asks quickly at first, this many times, to know its members soon. Leave it unless answers get lost just after a start.
            """,
        ["mcast_startup_query_interval"] = """
            The time between these first questions; usually a quarter of mcast_query_interval. Lower it where guests must get their streams right after the
            host starts.
            """,
        ["mcast_stats_enabled"] = """
            Counts the messages of IGMP and MLD by kind and port, for whoever looks for a lost membership. It costs little and changes nothing else.
            """,
        ["nf_call_iptables"] = """
            Sends bridged IPv4 through iptables as if the host routed it, for this bridge. A host whose FORWARD chain drops, as Docker sets it up, then cuts its guests
            off. Leave it off, and filter bridged traffic with nftables' bridge family. Off here does not help where the sysctl
            net.bridge.bridge-nf-call-iptables switches it on for every bridge.
            """,
        ["nf_call_ip6tables"] = """
            The same for IPv6 and ip6tables. Neighbour discovery passes there too, so a rule that drops ICMPv6 cuts guests off altogether. The sysctl
            net.bridge.bridge-nf-call-ip6tables switches it on for every bridge.
            """,
        ["nf_call_arptables"] = """
            The same for ARP and arptables. It is of use where arptables rules keep guests from claiming addresses of others. The sysctl
            net.bridge.bridge-nf-call-arptables switches it on for every bridge.
            """,
        ["group_address"] = """
            Where BPDUs go, and at which address the bridge takes frames for its own spanning tree and forwards none. Leave it: bridges find each other only under one. A provider bridge
            (vlan_filtering with vlan_protocol 802.1ad) has 01:80:c2:00:00:08, so that customers' BPDUs pass it. Once somebody has set one, the kernel keeps it whatever the
            tags are. Those of pause frames, LACP and 802.1X (01, 02, 03) are refused.
            """,
        ["mst_enabled"] = """
            MSTP keeps one spanning tree for each group of VLANs, so that two uplinks both carry something. The kernel only forwards and blocks as it is told: it takes a daemon (mstpd) that
            speaks the protocol and says the state of each group on each port (`bridge mst`); without one every group is forwarded wherever the port is. It changes only while no port
            has VLANs, so on a bridge with ports Weft takes them out for a moment.
            """,
        ["fdb_max_learned"] = """
            A guest that sends from ever new addresses fills the bridge's memory and makes everything flood; this sets a limit. Make it a few times the
            number of guests' NICs and of hosts behind the uplink. At the limit new addresses are not learned and their frames flood.
            """,
    };
}
