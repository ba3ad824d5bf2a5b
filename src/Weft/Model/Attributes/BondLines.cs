// A bond's attributes, in the order in which a file has them. Sources: drivers/net/bonding/bond_options.c (what changes when,
// which mode takes what), bond_netlink.c; the "when" was measured on 6.1.
// Left out is active_slave: which port is active is the bond's own doing from one moment to the next; `primary` and the ports'
// `prio` say which one is wanted.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind bond.</summary>
public static class BondLines
{
    public const string RoundRobin = "balance-rr", ActiveBackup = "active-backup", Xor = "balance-xor", Broadcast = "broadcast";
    public const string Lacp = "802.3ad", Tlb = "balance-tlb", Alb = "balance-alb";

    /// <summary>BOND_MAX_ARP_TARGETS, BOND_MAX_NS_TARGETS.</summary>
    public const int MostTargets = 16;

    /// <summary>The modes that choose one active port.</summary>
    public static readonly ImmutableArray<string> ActivePortModes = [ActiveBackup, Tlb, Alb];

    /// <summary>The modes whose ports ARP targets can watch.</summary>
    private static readonly ImmutableArray<string> ArpModes = [RoundRobin, ActiveBackup, Xor, Broadcast];

    private static readonly ImmutableArray<string> BalancingModes = [Tlb, Alb];

    public static readonly Attribute Mode = Of("mode", new OneOf(RoundRobin, ActiveBackup, Xor, Broadcast, Lacp, Tlb, Alb), DownWithoutPorts, "How the bond spreads frames over its ports.")
        with { Default = _ => Value.Of(RoundRobin) };

    public static readonly Attribute Miimon = Of("miimon", Common.Milliseconds, Live, "How often the ports' carrier is polled; 0 is never.") with
    {
        // bond_option_mode_set sets 100 when one of these modes is chosen and no interval was; the others start without monitoring.
        Default = settings => Value.Of(settings.Word(Mode) is Lacp or Tlb or Alb ? 100 : 0),
    };

    public static readonly Attribute Updelay = Number("updelay", Common.Milliseconds, 0, "How long a port's carrier must last before the port is used; a multiple of miimon.");

    public static readonly Attribute Downdelay = Number("downdelay", Common.Milliseconds, 0, "How long a port without carrier is still used; a multiple of miimon.");

    public static readonly Attribute PeerNotifDelay = Number("peer_notif_delay", new Count(0, 300_000, Unit.Milliseconds), 0,
        "How long between two peer notifications after a failover; a multiple of miimon, and 0 is every miimon.") with { Since = "5.3" };

    /// <summary>Kept by the kernel as counts of polls: they need `miimon`, are rounded down to a multiple of it, and scale with it.</summary>
    public static readonly ImmutableArray<Attribute> Delays = [Updelay, Downdelay, PeerNotifDelay];

    public static readonly Attribute UseCarrier = Switch("use_carrier", true, "Whether the driver's carrier is believed; without, its MII registers are read. Newer kernels always believe it.");

    public static readonly Attribute ArpInterval = Number("arp_interval", Common.Milliseconds, 0, "How often the ARP targets are asked; 0 is never.")
        with { Modes = ArpModes, RefusedElsewhere = true };

    public static readonly Attribute ArpIpTarget = Of("arp_ip_target", new ListOf(new AddressShape(Family.Ip4), OrOne: true), Live, "Up to 16 IPv4 addresses whose answers prove a port alive.")
        with { Default = _ => new Value.List([]), Modes = ArpModes };

    public static readonly Attribute NsIp6Target = Of("ns_ip6_target", new ListOf(new AddressShape(Family.Ip6), OrOne: true), Live,
        "Up to 16 IPv6 addresses whose answers prove a port alive; they are asked together with the ARP targets.")
        with { Default = _ => new Value.List([]), Modes = ArpModes, Since = "5.18" };

    public static readonly Attribute ArpValidate = Word("arp_validate", new("none", "active", "backup", "all", "filter", "filter_active", "filter_backup"), Live,
        "Which ports believe only the targets' own answers, and not any frame that arrives; with filter, other frames do not count either way.")
        with { Modes = ArpModes, RefusedElsewhere = true };

    public static readonly Attribute ArpAllTargets = Word("arp_all_targets", new("any", "all"), Live, "Whether one target's answer keeps a port up, or all must answer.")
        with { Modes = [ActiveBackup] };

    public static readonly Attribute ArpMissedMax = Number("arp_missed_max", new Count(1, 255), 2, "After how many intervals without an answer a port is down.")
        with { Wire = "missed_max", Modes = ArpModes, RefusedElsewhere = true, Since = "5.17" };

    public static readonly Attribute Primary = Of("primary", Common.Name, Live, "The port that is preferred whenever it is up.")
        with { Default = _ => Value.Of(""), Modes = ActivePortModes, RefusedElsewhere = true };

    public static readonly Attribute PrimaryReselect = Word("primary_reselect", new("always", "better", "failure"), Live,
        "When a primary that came back takes over: always, when it is faster, or only when the active port fails.") with { Modes = ActivePortModes };

    public static readonly Attribute FailOverMac = Word("fail_over_mac", new("none", "active", "follow"), WithoutPorts,
        "Whose MAC the bond has: one for all ports, the active port's own, or one that moves to the active port.") with { Modes = [ActiveBackup] };

    public static readonly Attribute XmitHashPolicy = Word("xmit_hash_policy", new("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"), Live,
        "Which header fields choose a frame's port.") with { Modes = [Xor, Lacp, Tlb, Alb] };

    public static readonly Attribute ResendIgmp = Number("resend_igmp", Common.Byte, 1, "How many times memberships are reported after a failover.")
        with { Modes = [RoundRobin, ActiveBackup, Tlb, Alb] };

    public static readonly Attribute NumGratArp = Number("num_grat_arp", Common.Byte, 1,
        "How many gratuitous ARPs and unsolicited neighbour advertisements follow a failover; the kernel knows the number as num_unsol_na too.")
        with { Wire = "num_peer_notif", Modes = [ActiveBackup] };

    public static readonly Attribute AllSlavesActive = Switch("all_slaves_active", false, "Whether frames that arrive at inactive ports are delivered, duplicates included.");

    public static readonly Attribute MinLinks = Number("min_links", new Count(0, int.MaxValue), 0, "How many ports must aggregate for the bond to have carrier.") with { Modes = [Lacp] };

    public static readonly Attribute LpInterval = Number("lp_interval", new Count(1, int.MaxValue, Unit.Seconds), 1, "Seconds between learning packets, which tell switches where each MAC is.")
        with { Modes = BalancingModes };

    public static readonly Attribute PacketsPerSlave = Number("packets_per_slave", new Count(0, 65535), 1, "How many packets a port sends before the next one's turn; 0 is a random port for each.")
        with { Modes = [RoundRobin], RefusedElsewhere = true };

    public static readonly Attribute LacpActive = Lacps("lacp_active", Common.Flag, Down, Value.Of(true), "Whether LACPDUs are sent unasked, or only to a partner that sends them.") with { Since = "5.15" };

    public static readonly Attribute LacpRate = Lacps("lacp_rate", new OneOf("slow", "fast"), Down, Value.Of("slow"), "How often the partner is asked to send LACPDUs: every 30 s or every second.");

    public static readonly Attribute AdSelect = Word("ad_select", new("stable", "bandwidth", "count", "actor_port_prio"), Down,
        "Which aggregator is used: the one in use while it lives, the one with most bandwidth, with most ports, or with the highest sum of port priorities.") with { Modes = [Lacp] };

    public static readonly Attribute AdActorSysPrio = Lacps("ad_actor_sys_prio", new Count(1, 65535), Live, Value.Of(65535), "LACP system priority; the side with the lower one decides which ports aggregate.");

    public static readonly Attribute AdUserPortKey = Lacps("ad_user_port_key", new Count(0, 1023), Down, Value.Of(0), "The upper ten bits of the LACP port key: ports with different keys never aggregate.");

    public static readonly Attribute AdActorSystem = Lacps("ad_actor_system", new MacShape(), Live, Value.Of("00:00:00:00:00:00"), "LACP system identifier; of zeros, it is the bond's own MAC.");

    public static readonly Attribute TlbDynamicLb = Of("tlb_dynamic_lb", Common.Flag, Down, "Whether flows are moved between ports by load, or stay where the hash puts them.")
        with { Default = _ => Value.Of(true), Modes = BalancingModes, RefusedElsewhere = true };

    public static readonly Attribute CoupledControl = Lacps("coupled_control", Common.Flag, Down, Value.Of(true), "Whether collecting and distributing begin together, or one after the other as 802.1AX has it.") with { Since = "6.9" };

    public static readonly Attribute BroadcastNeighbor = Lacps("broadcast_neighbor", Common.Flag, Live, Value.Of(false), "Whether ARP and neighbour discovery are sent over every port, for switches that do not share what they learn.") with { Since = "6.17" };

    public static readonly Attribute LacpStrict = Lacps("lacp_strict", Common.Flag, Live, Value.Of(false), "Whether the bond has no carrier while no port has a partner.") with { Since = "7.2" };

    /// <summary>Whether the bond's MAC, or its ports', goes with the active port; it cannot be set then.</summary>
    public static bool MovesMac(Settings bond) => bond.Word(Mode) == ActiveBackup && bond.Word(FailOverMac) is "active" or "follow";

    public static ImmutableArray<Attribute> All { get; } =
    [
        Mode, Miimon, Updelay, Downdelay, PeerNotifDelay, UseCarrier, ArpInterval, ArpIpTarget, NsIp6Target, ArpValidate, ArpAllTargets, ArpMissedMax,
        Primary, PrimaryReselect, FailOverMac, LacpRate, LacpActive, AdSelect, MinLinks, AdActorSysPrio, AdUserPortKey, AdActorSystem, CoupledControl, BroadcastNeighbor,
        LacpStrict, XmitHashPolicy, TlbDynamicLb, LpInterval, PacketsPerSlave, ResendIgmp, NumGratArp, AllSlavesActive,
    ];

    private static Attribute Of(string name, Shape shape, Change change, string doc) => new(name, shape, Home.Data, change, doc) { Kinds = [LinkKind.Bond] };

    private static Attribute Number(string name, Count shape, long usual, string doc) => Common.Number(name, LinkKind.Bond, Home.Data, shape, usual, doc);

    private static Attribute Switch(string name, bool usual, string doc) => Common.Switch(name, LinkKind.Bond, Home.Data, usual, doc);

    /// <summary>An option whose first word is the default.</summary>
    private static Attribute Word(string name, OneOf words, Change change, string doc) => Of(name, words, change, doc) with { Default = _ => Value.Of(words.Words[0].Word) };

    /// <summary>An option that only 802.3ad takes.</summary>
    private static Attribute Lacps(string name, Shape shape, Change change, Value usual, string doc) =>
        Of(name, shape, change, doc) with { Default = _ => usual, Modes = [Lacp], RefusedElsewhere = true };
}

/// <summary>The options of a bond's port (IFLA_BOND_SLAVE_*).</summary>
public static class BondPortLines
{
    public static readonly Attribute Prio = Common.Number("prio", LinkKind.Bond, Home.Port, new Count(int.MinValue, int.MaxValue), 0, "Which port is preferred among those that are up; the larger wins.")
        with { Modes = BondLines.ActivePortModes, RefusedElsewhere = true, Since = "6.0" };

    public static readonly Attribute QueueId = Common.Number("queue_id", LinkKind.Bond, Home.Port, new Count(0, 65535), 0,
        "The bond's transmit queue whose frames leave by this port, for traffic control to choose it; 0 is none.") with { Modes = [BondLines.RoundRobin, BondLines.ActiveBackup] };

    public static readonly Attribute ActorPortPrio = Common.Number("actor_port_prio", LinkKind.Bond, Home.Port, new Count(0, 65535), 255, "LACP port priority; ad_select: actor_port_prio adds them up.")
        with { Modes = [BondLines.Lacp], RefusedElsewhere = true, Since = "6.18" };

    public static ImmutableArray<Attribute> All { get; } = [Prio, QueueId, ActorPortPrio];
}
