// IFLA_INFO_DATA of kind "bond" (linux/if_link.h, IFLA_BOND_*). Names are the driver's own option names.
// Surprises: the kernel applies these one after another and keeps the earlier ones when a later one is refused; a list
// of targets replaces the whole list; the mode may not even be repeated while the bond has ports.
// Time is in milliseconds unless a line says otherwise.
namespace Weft.Netlink;

/// <summary>The options of a bond.</summary>
public sealed class BondData : IAttributes
{
    /// <summary>0 balance-rr, 1 active-backup, 2 balance-xor, 3 broadcast, 4 802.3ad, 5 balance-tlb, 6 balance-alb.</summary>
    public byte? Mode;

    /// <summary>Index of the active port; 0 is none.</summary>
    public int? ActiveSlave;

    /// <summary>Interval of link monitoring; 0 is off.</summary>
    public uint? Miimon;

    /// <summary>Wait before a port that came back is used; kept by the kernel as a multiple of miimon.</summary>
    public uint? Updelay;

    /// <summary>Wait before a port that lost its link is given up; a multiple of miimon.</summary>
    public uint? Downdelay;

    /// <summary>1: trust the driver's carrier.</summary>
    public byte? UseCarrier;

    /// <summary>Interval of ARP monitoring; 0 is off.</summary>
    public uint? ArpInterval;

    /// <summary>IPv4 targets of ARP monitoring, at most 16; empty clears.</summary>
    public List<InetAddress>? ArpIpTarget;

    /// <summary>0 none, 1 active, 2 backup, 3 all, 4 filter, 5 filter_active, 6 filter_backup.</summary>
    public uint? ArpValidate;

    /// <summary>0 any, 1 all.</summary>
    public uint? ArpAllTargets;

    /// <summary>Index of the preferred port; 0 is none.</summary>
    public int? Primary;

    /// <summary>0 always, 1 better, 2 failure.</summary>
    public byte? PrimaryReselect;

    /// <summary>0 none, 1 active, 2 follow.</summary>
    public byte? FailOverMac;

    /// <summary>0 layer2, 1 layer3+4, 2 layer2+3, 3 encap2+3, 4 encap3+4, 5 vlan+srcmac.</summary>
    public byte? XmitHashPolicy;

    /// <summary>IGMP reports after a failover, a count.</summary>
    public uint? ResendIgmp;

    /// <summary>Gratuitous ARPs and neighbour advertisements after a failover, a count.</summary>
    public byte? NumPeerNotif;

    /// <summary>1: accept frames on inactive ports too.</summary>
    public byte? AllSlavesActive;

    /// <summary>Ports that must be up for the bond to have carrier, a count.</summary>
    public uint? MinLinks;

    /// <summary>Seconds between learning packets.</summary>
    public uint? LpInterval;

    /// <summary>Packets before balance-rr takes the next port; 0 is random.</summary>
    public uint? PacketsPerSlave;

    /// <summary>0 slow (30 s), 1 fast (1 s).</summary>
    public byte? LacpRate;

    /// <summary>0 stable, 1 bandwidth, 2 count.</summary>
    public byte? AdSelect;

    /// <summary>The active aggregator; read only, 802.3ad only.</summary>
    public BondAdInfo? AdInfo;

    /// <summary>LACP system priority, 1 to 65535.</summary>
    public ushort? AdActorSysPrio;

    /// <summary>Upper ten bits of the LACP port key, 0 to 1023.</summary>
    public ushort? AdUserPortKey;

    /// <summary>LACP system identifier; all zero is the bond's own address.</summary>
    public HardwareAddress? AdActorSystem;

    /// <summary>1: balance-tlb moves flows by load.</summary>
    public byte? TlbDynamicLb;

    /// <summary>Interval of peer notifications, a multiple of miimon.</summary>
    public uint? PeerNotifDelay;

    /// <summary>1: send LACP unasked. Since 5.15.</summary>
    public byte? LacpActive;

    /// <summary>ARP intervals without an answer before a port is down. Since 5.17.</summary>
    public byte? MissedMax;

    /// <summary>IPv6 targets of the monitor, at most 16; empty clears. Since 5.19.</summary>
    public List<InetAddress>? NsIp6Target;

    /// <summary>1: collecting and distributing are one state. Since 6.9.</summary>
    public byte? CoupledControl;

    /// <summary>1: 802.3ad sends ARP and ND over every port. Newer than 6.12.</summary>
    public byte? BroadcastNeighbor;

    /// <summary>1: 802.3ad has no carrier while no port has a partner. Newer than 6.18.</summary>
    public byte? LacpStrict;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U8(1, "mode", ref Mode);
        pass.I32(2, "active_slave", ref ActiveSlave);
        pass.U32(3, "miimon", ref Miimon);
        pass.U32(4, "updelay", ref Updelay);
        pass.U32(5, "downdelay", ref Downdelay);
        pass.U8(6, "use_carrier", ref UseCarrier);
        pass.U32(7, "arp_interval", ref ArpInterval);
        pass.Ips(8, "arp_ip_target", ref ArpIpTarget);
        pass.U32(9, "arp_validate", ref ArpValidate);
        pass.U32(10, "arp_all_targets", ref ArpAllTargets);
        pass.I32(11, "primary", ref Primary);
        pass.U8(12, "primary_reselect", ref PrimaryReselect);
        pass.U8(13, "fail_over_mac", ref FailOverMac);
        pass.U8(14, "xmit_hash_policy", ref XmitHashPolicy);
        pass.U32(15, "resend_igmp", ref ResendIgmp);
        pass.U8(16, "num_peer_notif", ref NumPeerNotif);
        pass.U8(17, "all_slaves_active", ref AllSlavesActive);
        pass.U32(18, "min_links", ref MinLinks);
        pass.U32(19, "lp_interval", ref LpInterval);
        pass.U32(20, "packets_per_slave", ref PacketsPerSlave);
        pass.U8(21, "lacp_rate", ref LacpRate);
        pass.U8(22, "ad_select", ref AdSelect);
        pass.Nest(23, "ad_info", ref AdInfo);
        pass.U16(24, "ad_actor_sys_prio", ref AdActorSysPrio);
        pass.U16(25, "ad_user_port_key", ref AdUserPortKey);
        pass.Mac(26, "ad_actor_system", ref AdActorSystem);
        pass.U8(27, "tlb_dynamic_lb", ref TlbDynamicLb);
        pass.U32(28, "peer_notif_delay", ref PeerNotifDelay);
        pass.U8(29, "lacp_active", ref LacpActive);
        pass.U8(30, "missed_max", ref MissedMax);
        pass.Ips(31, "ns_ip6_target", ref NsIp6Target);
        pass.U8(32, "coupled_control", ref CoupledControl);
        pass.U8(33, "broadcast_neighbor", ref BroadcastNeighbor);
        pass.U8(34, "lacp_strict", ref LacpStrict);
    }
}
