// IFLA_INFO_DATA of kind "bridge" (linux/if_link.h, IFLA_BR_*), named as `ip link ... type bridge` takes them.
// Surprises: times are in hundredths of a second (USER_HZ) and rounded to the kernel's own tick; forward_delay, hello_time
// and max_age are checked only while STP runs; the switches of multi_boolopt share one attribute.
namespace Weft.Netlink;

/// <summary>The options and state of a bridge.</summary>
public sealed class BridgeData : IAttributes
{
    /// <summary>STP forward delay, 1/100 s.</summary>
    public uint? ForwardDelay;

    /// <summary>STP hello time, 1/100 s.</summary>
    public uint? HelloTime;

    /// <summary>STP maximum age, 1/100 s.</summary>
    public uint? MaxAge;

    /// <summary>Life of a learned address, 1/100 s.</summary>
    public uint? AgeingTime;

    /// <summary>0 off, 1 kernel, 2 user space.</summary>
    public uint? StpState;

    /// <summary>STP bridge priority.</summary>
    public ushort? Priority;

    /// <summary>1: ports have VLAN tables.</summary>
    public byte? VlanFiltering;

    /// <summary>0x8100 or 0x88a8.</summary>
    public ushort? VlanProtocol;

    /// <summary>Link-local groups that are forwarded, bit N for 01:80:c2:00:00:0N; bits 0 to 2 are refused.</summary>
    public ushort? GroupFwdMask;

    /// <summary>STP root. Read only.</summary>
    public BridgeId? RootId;

    /// <summary>Our STP identity. Read only.</summary>
    public BridgeId? BridgeId;

    /// <summary>Port towards the root. Read only.</summary>
    public ushort? RootPort;

    /// <summary>Cost to the root. Read only.</summary>
    public uint? RootPathCost;

    /// <summary>Read only.</summary>
    public byte? TopologyChange;

    /// <summary>Read only.</summary>
    public byte? TopologyChangeDetected;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? HelloTimer;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? TcnTimer;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? TopologyChangeTimer;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? GcTimer;

    /// <summary>Where STP frames go.</summary>
    public HardwareAddress? GroupAddress;

    /// <summary>Forget what was learned. Write only.</summary>
    public bool? FdbFlush;

    /// <summary>0 never, 1 by queries, 2 always.</summary>
    public byte? McastRouter;

    /// <summary>1: learn who wants which group.</summary>
    public byte? McastSnooping;

    /// <summary>1: queries carry the bridge's address.</summary>
    public byte? McastQueryUseIfaddr;

    /// <summary>1: send queries.</summary>
    public byte? McastQuerier;

    /// <summary>Without effect in today's kernels.</summary>
    public uint? McastHashElasticity;

    /// <summary>Largest number of groups.</summary>
    public uint? McastHashMax;

    /// <summary>Queries before a group is given up.</summary>
    public uint? McastLastMemberCount;

    /// <summary>Queries at start.</summary>
    public uint? McastStartupQueryCount;

    /// <summary>1/100 s.</summary>
    public ulong? McastLastMemberInterval;

    /// <summary>1/100 s.</summary>
    public ulong? McastMembershipInterval;

    /// <summary>1/100 s.</summary>
    public ulong? McastQuerierInterval;

    /// <summary>1/100 s.</summary>
    public ulong? McastQueryInterval;

    /// <summary>1/100 s.</summary>
    public ulong? McastQueryResponseInterval;

    /// <summary>1/100 s.</summary>
    public ulong? McastStartupQueryInterval;

    /// <summary>1: bridged IPv4 passes iptables.</summary>
    public byte? NfCallIptables;

    /// <summary>1: bridged IPv6 passes ip6tables.</summary>
    public byte? NfCallIp6tables;

    /// <summary>1: bridged ARP passes arptables.</summary>
    public byte? NfCallArptables;

    /// <summary>PVID a new port gets; 0 is none.</summary>
    public ushort? VlanDefaultPvid;

    /// <summary>1: count per VLAN.</summary>
    public byte? VlanStatsEnabled;

    /// <summary>1: count IGMP and MLD.</summary>
    public byte? McastStatsEnabled;

    /// <summary>2 or 3.</summary>
    public byte? McastIgmpVersion;

    /// <summary>1 or 2.</summary>
    public byte? McastMldVersion;

    /// <summary>1: count per VLAN and port; refused while there are ports.</summary>
    public byte? VlanStatsPerPort;

    /// <summary>no_linklocal_learn, mcast_vlan_snooping, mst.</summary>
    public BoolOptions? MultiBoolopt;

    /// <summary>Who sends the queries. Read only.</summary>
    public McastQuerierState? McastQuerierState;

    /// <summary>Addresses learned. Since 6.7, read only.</summary>
    public uint? FdbNLearned;

    /// <summary>Most addresses learned; 0 is no limit. Since 6.7.</summary>
    public uint? FdbMaxLearned;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "forward_delay", ref ForwardDelay);
        pass.U32(2, "hello_time", ref HelloTime);
        pass.U32(3, "max_age", ref MaxAge);
        pass.U32(4, "ageing_time", ref AgeingTime);
        pass.U32(5, "stp_state", ref StpState);
        pass.U16(6, "priority", ref Priority);
        pass.U8(7, "vlan_filtering", ref VlanFiltering);
        pass.U16Big(8, "vlan_protocol", ref VlanProtocol);
        pass.U16(9, "group_fwd_mask", ref GroupFwdMask);
        pass.Struct(10, "root_id", ref RootId);
        pass.Struct(11, "bridge_id", ref BridgeId);
        pass.U16(12, "root_port", ref RootPort);
        pass.U32(13, "root_path_cost", ref RootPathCost);
        pass.U8(14, "topology_change", ref TopologyChange);
        pass.U8(15, "topology_change_detected", ref TopologyChangeDetected);
        pass.U64(16, "hello_timer", ref HelloTimer);
        pass.U64(17, "tcn_timer", ref TcnTimer);
        pass.U64(18, "topology_change_timer", ref TopologyChangeTimer);
        pass.U64(19, "gc_timer", ref GcTimer);
        pass.Mac(20, "group_address", ref GroupAddress);
        pass.Flag(21, "fdb_flush", ref FdbFlush);
        pass.U8(22, "mcast_router", ref McastRouter);
        pass.U8(23, "mcast_snooping", ref McastSnooping);
        pass.U8(24, "mcast_query_use_ifaddr", ref McastQueryUseIfaddr);
        pass.U8(25, "mcast_querier", ref McastQuerier);
        pass.U32(26, "mcast_hash_elasticity", ref McastHashElasticity);
        pass.U32(27, "mcast_hash_max", ref McastHashMax);
        pass.U32(28, "mcast_last_member_count", ref McastLastMemberCount);
        pass.U32(29, "mcast_startup_query_count", ref McastStartupQueryCount);
        pass.U64(30, "mcast_last_member_interval", ref McastLastMemberInterval);
        pass.U64(31, "mcast_membership_interval", ref McastMembershipInterval);
        pass.U64(32, "mcast_querier_interval", ref McastQuerierInterval);
        pass.U64(33, "mcast_query_interval", ref McastQueryInterval);
        pass.U64(34, "mcast_query_response_interval", ref McastQueryResponseInterval);
        pass.U64(35, "mcast_startup_query_interval", ref McastStartupQueryInterval);
        pass.U8(36, "nf_call_iptables", ref NfCallIptables);
        pass.U8(37, "nf_call_ip6tables", ref NfCallIp6tables);
        pass.U8(38, "nf_call_arptables", ref NfCallArptables);
        pass.U16(39, "vlan_default_pvid", ref VlanDefaultPvid);
        pass.U8(41, "vlan_stats_enabled", ref VlanStatsEnabled);
        pass.U8(42, "mcast_stats_enabled", ref McastStatsEnabled);
        pass.U8(43, "mcast_igmp_version", ref McastIgmpVersion);
        pass.U8(44, "mcast_mld_version", ref McastMldVersion);
        pass.U8(45, "vlan_stats_per_port", ref VlanStatsPerPort);
        pass.Struct(46, "multi_boolopt", ref MultiBoolopt);
        pass.Nest(47, "mcast_querier_state", ref McastQuerierState);
        pass.U32(48, "fdb_n_learned", ref FdbNLearned);
        pass.U32(49, "fdb_max_learned", ref FdbMaxLearned);
    }
}
