// A bridge's attributes. Sources: net/bridge/br_netlink.c, br_stp_if.c, br_multicast.c; measured on 6.1: all of them change on a
// bridge that is up, but for the counters of each VLAN and port.
// Surprise: with a spanning tree the kernel tells the root bridge's timers and not its own (br->forward_delay beside
// br->bridge_forward_delay), and a short ageing time while the topology changes: what somebody set does not show then.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind bridge.</summary>
public static class BridgeLines
{
    public static readonly Attribute Stp = Switch("stp", false, "Whether the bridge takes part in the spanning tree.") with { Wire = "stp_state" };
    public static readonly Attribute Priority = Number("priority", new Count(0, 65535), 32768, "Its priority in the spanning tree; the lowest becomes the root.");
    public static readonly Attribute ForwardDelay = Number("forward_delay", Common.Hundredths(0, 3000), 1500, "How long a port listens, and again learns, before it forwards; from 2 to 30 s where stp is on.");
    /// <summary>STP wants ports to listen for this long at least, in 1/100 s (BR_MIN_FORWARD_DELAY).</summary>
    public const long LeastForwardDelay = 200;

    public static readonly Attribute HelloTime = Number("hello_time", Common.Hundredths(100, 1000), 200, "How often the root says that it is there.");
    public static readonly Attribute MaxAge = Number("max_age", Common.Hundredths(600, 4000), 2000, "After what silence of the root another is chosen.");
    public static readonly Attribute AgeingTime = Number("ageing_time", Common.Hundredths(), 30000, "How long an address is remembered that no frame came from; 0 is not at all, and then every frame is flooded.");

    /// <summary>What is the root's, or for a moment only, where the bridge takes part in a spanning tree.</summary>
    public static readonly ImmutableArray<Attribute> Timers = [ForwardDelay, HelloTime, MaxAge, AgeingTime];

    public static readonly Attribute VlanFiltering = Switch("vlan_filtering", false, "Whether the bridge keeps VLANs apart by its ports' VLAN tables.");

    public static readonly Attribute VlanProtocol = Of("vlan_protocol", VlanLines.Protocol.Shape, Live, "The EtherType of the tags that it tells VLANs by: 802.1Q, or 802.1ad for a provider bridge.")
        with { Default = _ => Value.Of("802.1Q") };

    public static readonly Attribute VlanDefaultPvid = Number("default_pvid", new Count(0, 4094), 1, "The VLAN that a new port's untagged frames belong to; 0 is none.") with { Wire = "vlan_default_pvid" };
    /// <summary>The default PVID of a bridge with these settings; 0 is none.</summary>
    public static int DefaultPvidOf(Settings? bridge) => (int)(bridge?.Number(VlanDefaultPvid) ?? 1);

    public static readonly Attribute VlanStatsEnabled = Switch("vlan_stats_enabled", false, "Whether frames are counted for each VLAN.");
    public static readonly Attribute VlanStatsPerPort = Switch("vlan_stats_per_port", false, "Whether frames are counted for each VLAN of each port.") with { Change = WithoutPorts, Since = "4.20" };
    public static readonly Attribute GroupFwdMask = Number("group_fwd_mask", new Count(0, 65535, Unit.Mask), 0, "Which link-local groups are forwarded, bit N for 01:80:c2:00:00:0N; bits 0 to 2 (STP, pause, LACP) never.");
    public static readonly Attribute GroupAddress = Of("group_address", new LinkLocalGroup(), Live, "The address that it sends BPDUs to, and hears them at; where the filter tells VLANs by 802.1ad, 01:80:c2:00:00:08 unless somebody set one.")
        with { Default = static bridge => Value.Of(bridge.Flag(VlanFiltering) == true && bridge.Word(VlanProtocol) == "802.1ad" ? LinkLocalGroup.Provider : LinkLocalGroup.Customer) };
    public static readonly Attribute NoLinklocalLearn = Switch("no_linklocal_learn", false, "Whether source addresses of link-local frames are not learned.") with { Since = "5.0" };
    public static readonly Attribute McastSnooping = Switch("mcast_snooping", true, "Whether it learns which port wants which multicast group.");
    public static readonly Attribute McastVlanSnooping = Switch("mcast_vlan_snooping", false, "Whether it does so for each VLAN apart; needs vlan_filtering.") with { Since = "5.15" };
    public static readonly Attribute MstEnabled = Switch("mst_enabled", false, "Whether ports forward or block for groups of VLANs apart (MSTP), as a daemon says; the kernel's own spanning tree is then for nobody.") with { Change = WithoutPorts, Since = "5.18" };
    public static readonly Attribute McastRouter = Of("mcast_router", new OneOf([new Choice(0, "disabled"), new(1, "auto"), new(2, "permanent")]), Live, "Whether the bridge itself counts as a multicast router.")
        with { Default = _ => Value.Of("auto") };
    public static readonly Attribute McastQuerier = Switch("mcast_querier", false, "Whether it asks for memberships itself; without any querier snooping falls asleep.");
    public static readonly Attribute McastQueryUseIfaddr = Switch("mcast_query_use_ifaddr", false, "Whether its queries carry its own address in place of 0.0.0.0.");
    public static readonly Attribute McastHashMax = Number("mcast_hash_max", new Count(1, uint.MaxValue), 4096, "How many groups it remembers at most.");
    public static readonly Attribute McastIgmpVersion = Number("mcast_igmp_version", new Count(2, 3), 2, "The IGMP version of its queries.");
    public static readonly Attribute McastMldVersion = Number("mcast_mld_version", new Count(1, 2), 1, "The MLD version of its queries.");
    public static readonly Attribute McastLastMemberCount = Number("mcast_last_member_count", Common.Positive, 2, "How many queries follow a leave before the group is given up.");
    public static readonly Attribute McastLastMemberInterval = Number("mcast_last_member_interval", Common.Hundredths(), 100, "How long between those queries.");
    public static readonly Attribute McastMembershipInterval = Number("mcast_membership_interval", Common.Hundredths(), 26000, "How long a membership lasts that nobody repeats.");
    public static readonly Attribute McastQuerierInterval = Number("mcast_querier_interval", Common.Hundredths(), 25500, "After what silence of another querier the bridge asks itself.");
    public static readonly Attribute McastQueryInterval = Number("mcast_query_interval", Common.Hundredths(100), 12500, "How often it asks for memberships.");
    public static readonly Attribute McastQueryResponseInterval = Number("mcast_query_response_interval", Common.Hundredths(), 1000, "How long members may take to answer.");
    public static readonly Attribute McastStartupQueryCount = Number("mcast_startup_query_count", Common.Positive, 2, "How many queries it begins with.");
    public static readonly Attribute McastStartupQueryInterval = Number("mcast_startup_query_interval", Common.Hundredths(100), 3125, "How long between those it begins with.");
    public static readonly Attribute McastStatsEnabled = Switch("mcast_stats_enabled", false, "Whether IGMP and MLD are counted.");
    public static readonly Attribute NfCallIptables = Switch("nf_call_iptables", false, "Whether bridged IPv4 passes iptables.") with { Option = "CONFIG_BRIDGE_NETFILTER" };
    public static readonly Attribute NfCallIp6Tables = Switch("nf_call_ip6tables", false, "Whether bridged IPv6 passes ip6tables.") with { Option = "CONFIG_BRIDGE_NETFILTER" };
    public static readonly Attribute NfCallArptables = Switch("nf_call_arptables", false, "Whether bridged ARP passes arptables.") with { Option = "CONFIG_BRIDGE_NETFILTER" };
    public static readonly Attribute FdbMaxLearned = Number("fdb_max_learned", Common.Positive, 0, "How many addresses it learns at most; 0 is no limit.") with { Since = "6.7" };

    public static ImmutableArray<Attribute> All { get; } =
    [
        Stp, Priority, ForwardDelay, HelloTime, MaxAge, AgeingTime, VlanFiltering, VlanProtocol, VlanDefaultPvid, VlanStatsEnabled, VlanStatsPerPort, GroupFwdMask,
        GroupAddress, NoLinklocalLearn, McastSnooping, McastVlanSnooping, MstEnabled, McastRouter, McastQuerier, McastQueryUseIfaddr, McastHashMax, McastIgmpVersion, McastMldVersion, McastLastMemberCount,
        McastLastMemberInterval, McastMembershipInterval, McastQuerierInterval, McastQueryInterval, McastQueryResponseInterval, McastStartupQueryCount,
        McastStartupQueryInterval, McastStatsEnabled, NfCallIptables, NfCallIp6Tables, NfCallArptables, FdbMaxLearned,
    ];

    private static Attribute Of(string name, Shape shape, Change change, string doc) => new(name, shape, Home.Data, change, doc) { Kinds = [LinkKind.Bridge] };

    private static Attribute Number(string name, Count shape, long usual, string doc) => Common.Number(name, LinkKind.Bridge, Home.Data, shape, usual, doc);

    private static Attribute Switch(string name, bool usual, string doc) => Common.Switch(name, LinkKind.Bridge, Home.Data, usual, doc);
}

/// <summary>The options of a bridge's port (IFLA_BRPORT_*).</summary>
public static class BridgePortLines
{
    public static readonly Attribute Learning = Switch("learning", true, "Whether the bridge learns source addresses on this port.");
    public static readonly Attribute Flood = Switch("flood", true, "Whether frames to unknown addresses leave by this port.");
    public static readonly Attribute McastFlood = Switch("mcast_flood", true, "Whether multicast that nobody asked for leaves by this port.");
    public static readonly Attribute BcastFlood = Switch("bcast_flood", true, "Whether broadcasts leave by this port.");
    public static readonly Attribute Isolated = Switch("isolated", false, "Whether it exchanges nothing with other isolated ports.");
    public static readonly Attribute Hairpin = Switch("hairpin", false, "Whether a frame may leave by the port that it came by.");
    public static readonly Attribute NeighSuppress = Switch("neigh_suppress", false, "Whether ARP and neighbour discovery are answered from the bridge's own neighbour table.");
    public static readonly Attribute Guard = Switch("guard", false, "Whether BPDUs that arrive switch the port off (BPDU guard).");
    public static readonly Attribute RootBlock = Switch("root_block", false, "Whether no root of the spanning tree may be behind it (root guard).");
    public static readonly Attribute Priority = Number("priority", new Count(0, 63), 32, "Its priority in the spanning tree among ports of one bridge.");
    public static readonly Attribute Cost = new("cost", new Count(1, 65535), Home.Port, Live, "The cost of the way over this port in the spanning tree; what its speed makes it where nothing is said.") { Kinds = [LinkKind.Bridge] };

    /// <summary>What the kernel makes of a speed (port_cost in net/bridge/br_if.c): 100 where it knows none.</summary>
    /// <param name="megabits">Mbit/s; null where none is told.</param>
    public static long CostOf(long? megabits) => megabits switch { > 10000 => 1, 10000 => 2, 5000 => 3, 2500 => 4, 1000 => 5, 100 => 19, _ => 100 };

    /// <summary>
    /// A cost that some speed has is taken for the kernel's own, which follows the speed at every change of carrier; who set it to the very
    /// same by hand is not told.
    /// </summary>
    public static bool IsBySpeed(Attribute line, Value? value) => line == Cost && value is Value.Number { Count: 1 or 2 or 3 or 4 or 5 or 19 or 100 };

    public static readonly Attribute Fastleave = Switch("fastleave", false, "Whether a group is given up at the first leave, without asking.");
    public static readonly Attribute McastRouter = new("mcast_router", new OneOf([new Choice(0, "disabled"), new(1, "auto"), new(2, "permanent"), new(3, "temporary")]), Home.Port, Live, "Whether a multicast router is behind it.")
        { Kinds = [LinkKind.Bridge], Default = _ => Value.Of("auto") };
    public static readonly Attribute McastToUnicast = Switch("mcast_to_unicast", false, "Whether multicast is sent to each member apart.");
    public static readonly Attribute GroupFwdMask = Number("group_fwd_mask", new Count(0, 65535, Unit.Mask), 0, "As the bridge's, for this port alone; here only bit 1 (pause) is never.");
    public static readonly Attribute ProxyArp = Switch("proxy_arp", false, "Whether ARP is answered for the other side.");
    public static readonly Attribute ProxyArpWifi = Switch("proxy_arp_wifi", false, "The same by the rules of 802.11.");
    public static readonly Attribute VlanTunnel = Switch("vlan_tunnel", false, "Whether VLANs are mapped to tunnel ids.");
    public static readonly Attribute Locked = Switch("locked", false, "Whether only addresses that the bridge knows already may send.") with { Since = "5.18" };
    public static readonly Attribute Mab = Switch("mab", false, "Whether a locked port's unknown senders are noted, for a daemon to admit them.") with { Since = "6.2" };

    public static readonly Attribute BackupPort = new("backup_port", Common.Name, Home.Port, Live, "Another port of the bridge, which gets this one's frames while this one has no carrier.") { Kinds = [LinkKind.Bridge], Default = _ => Value.Of(""), Since = "4.19" };
    public static readonly Attribute McastEhtHostsLimit = Number("mcast_eht_hosts_limit", new Count(1, uint.MaxValue), 512, "Of how many hosts behind it IGMPv3 and MLDv2 memberships are followed one by one.") with { Since = "5.12" };
    public static readonly Attribute McastMaxGroups = Number("mcast_max_groups", Common.Positive, 0, "How many groups may be joined behind it at most; 0 is no limit.") with { Since = "6.3" };
    public static readonly Attribute NeighVlanSuppress = Switch("neigh_vlan_suppress", false, "Whether neigh_suppress is said for each of its VLANs apart.") with { Since = "6.4" };

    public static ImmutableArray<Attribute> All { get; } =
    [
        Learning, Flood, McastFlood, BcastFlood, Isolated, Hairpin, NeighSuppress, Guard, RootBlock, Priority, Cost, Fastleave, McastRouter, McastToUnicast, GroupFwdMask, ProxyArp,
        ProxyArpWifi, VlanTunnel, Locked, Mab, BackupPort, McastEhtHostsLimit, McastMaxGroups, NeighVlanSuppress,
    ];

    private static Attribute Number(string name, Count shape, long usual, string doc) => Common.Number(name, LinkKind.Bridge, Home.Port, shape, usual, doc);

    private static Attribute Switch(string name, bool usual, string doc) => Common.Switch(name, LinkKind.Bridge, Home.Port, usual, doc);
}
