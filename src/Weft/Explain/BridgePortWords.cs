// The options of a bridge's port.

namespace Weft.Explain;

internal static class BridgePortWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["learning"] = """
            Off, the bridge never notes who is behind this port, and frames for them are flooded unless an entry was made by hand. It is the remedy for an uplink
            where guests' own frames come back and make the bridge look for the guest outside. Leave it on for the ports of guests.
            """,
        ["flood"] = """
            Off, frames to an address that the bridge does not know never leave here. Good for a guest's port where the address is entered by hand: the guest then
            sees nothing that is not for it. Not for an uplink, behind which there are always addresses that are not known yet.
            """,
        ["mcast_flood"] = """
            Off, only groups that were asked for leave here. It needs snooping and a querier that work; without, what is not known is lost and IPv6 with it. Multicast
            of the host itself still leaves.
            """,
        ["bcast_flood"] = """
            Off, no broadcast leaves here, and so no ARP request and no DHCP: whoever is behind it cannot be found by IPv4 unless neigh_suppress or proxy_arp answers
            for them. For special ports only. Broadcasts of the host itself still leave.
            """,
        ["isolated"] = """
            Isolated ports reach the others and not each other: set it on the ports of guests that are to reach the gateway and not their neighbours, and leave
            it off for the uplink. It counts within one bridge; two guests on different hosts still meet on the switch, unless that isolates them too.
            """,
        ["hairpin"] = """
            A bridge never sends a frame back where it came from; hairpin allows it, for several machines behind one port that must meet through the bridge, such as
            macvtap in VEPA mode or containers that reach themselves by an address outside. On an uplink it makes every broadcast come back, and the
            switch looks for everybody at the wrong port.
            """,
        ["neigh_suppress"] = """
            Answers ARP and neighbour discovery from what the bridge's host knows, and keeps the questions off this port. It is made for tunnels (VXLAN) whose control plane
            fills the neighbour table. Without entries there it does nothing.
            """,
        ["guard"] = """
            Set it on the ports of guests: a guest that speaks the spanning tree could otherwise become the root of the network or block its ports. The
            port is switched off at the first such message and stays so until somebody sets it up again. It counts with stp.
            """,
        ["root_block"] = """
            The milder form of guard: the port may take part in the tree, but a root behind it is not accepted and blocks the port while it claims to be one. For ports to a
            network that is not yours. It counts with stp.
            """,
        ["priority"] = """
            Chooses which of two ports to the same bridge is used and which is blocked, where their cost is the same; the lower one is used. It counts with stp only.
            """,
        ["cost"] = """
            The tree takes the cheapest way to the root: raise the cost of a port that is to be the spare one. Without it the kernel follows the port's speed, and takes 100
            where it knows none, as with many virtual links. It counts with stp only.
            """,
        ["fastleave"] = """
            Set it where exactly one member is behind the port, such as one guest: a stream ends the moment it leaves. With several behind the port the others
            lose it too.
            """,
        ["mcast_router"] = """
            permanent sends all multicast to this port, for a router or a guest that routes which the bridge does not recognise by itself. auto finds routers by their
            queries. disabled keeps a guest from drawing all multicast to itself by pretending to be one.
            """,
        ["mcast_to_unicast"] = """
            Sends each member its own copy with its own address. It is made for wireless, where multicast is slow and lost often. On Ethernet it costs
            bandwidth and gains nothing.
            """,
        ["group_fwd_mask"] = """
            Lets link-local frames of this one port through, where the bridge's own mask would concern every port: 0x4000 for LLDP, 0x4 for LACP, which the bridge's
            mask cannot. So a guest can speak LACP with the switch through a bridge of two ports, when both have it. A bond as port takes LACP for itself before the bridge
            sees it.
            """,
        ["proxy_arp"] = """
            The bridge answers ARP on this port for addresses that it knows to be behind others, and the question goes no farther. Rarely wanted: an old entry then
            answers for a machine that has moved.
            """,
        ["proxy_arp_wifi"] = """
            As proxy_arp, for the rules that Hotspot 2.0 has for access points. It answers for stations of the same port as well. Without wireless leave it off.
            """,
        ["vlan_tunnel"] = """
            Maps the port's VLANs to tunnel ids and back, for a VXLAN link that carries many networks at once. It needs vlan_filtering and a VXLAN that takes its id
            from outside (external). On other ports it does nothing.
            """,
        ["locked"] = """
            Only addresses that are in the bridge's table for this port may send; all else is dropped. It is the port of a network where machines must log in first
            (802.1X), and also keeps a guest to the MAC that was entered for it. Switch learning off on such a port, or no_linklocal_learn on: a
            link-local frame would otherwise enter its own sender.
            """,
        ["mab"] = """
            On a locked port the bridge notes unknown senders, so that a daemon can look up whether that MAC is allowed and unlock it. Without such a daemon nobody is
            ever let in. It needs locked and learning.
            """,
        ["backup_port"] = """
            While this port has no carrier, frames for it leave by the other one at once, and come back the moment carrier does. It is meant for two switches that are one to this host
            (a VXLAN between them as backup of the port to a guest's bond). Addresses behind the port are forgotten all the same when carrier goes, so keep learning off and
            enter them by hand, or nothing is left to redirect. The backup must be another port of this bridge; the kernel forgets it when that one leaves, and Weft says it again when it comes back.
            """,
        ["mcast_eht_hosts_limit"] = """
            With IGMPv3 and MLDv2 the bridge keeps a list of which host wants which sender, so that one that leaves does not cut off another. A guest that makes up hosts could fill
            the memory; beyond this number a host is not followed one by one, and its groups end by time.
            """,
        ["mcast_max_groups"] = """
            A guest that joins ever new groups takes room in the bridge's table from all others. At the limit further joins behind this port are ignored. How many there are is told as
            mcast_n_groups (`bridge -d link`). Neighbour discovery joins a group or two for each IPv6 address of a guest: leave room for that.
            """,
        ["neigh_vlan_suppress"] = """
            neigh_suppress then counts no more for the whole port, but is looked up for each VLAN (`bridge vlan set vid 10 dev vx0 neigh_suppress on`), for a VXLAN that carries
            many networks of which only some have neighbours entered. Weft leaves those switches of VLANs as it finds them.
            """,
    };
}
