// IFLA_INFO_SLAVE_DATA of kind "bridge", and IFLA_PROTINFO of an AF_BRIDGE message: one port of a bridge
// (linux/if_link.h, IFLA_BRPORT_*), named as `bridge link` and `ip link ... type bridge_slave` do.
// Surprise: the option that ip calls `root_block` is named protect by the header, and bpdu guard is `guard`.
namespace Weft.Netlink;

/// <summary>The options and state of a bridge's port.</summary>
public sealed class BridgePortData : IAttributes
{
    /// <summary>0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.</summary>
    public byte? State;

    /// <summary>STP port priority, 0 to 63.</summary>
    public ushort? Priority;

    /// <summary>STP path cost.</summary>
    public uint? Cost;

    /// <summary>1: send frames back out of the port they came in by.</summary>
    public byte? Hairpin;

    /// <summary>1: a BPDU takes the port down.</summary>
    public byte? Guard;

    /// <summary>1: the port never leads to the root.</summary>
    public byte? RootBlock;

    /// <summary>1: leave a group at once.</summary>
    public byte? Fastleave;

    /// <summary>1: learn addresses here.</summary>
    public byte? Learning;

    /// <summary>1: flood unknown unicast out of here.</summary>
    public byte? Flood;

    /// <summary>1: answer ARP.</summary>
    public byte? ProxyArp;

    /// <summary>Device learning; write only, without effect on software ports.</summary>
    public byte? LearningSync;

    /// <summary>1: answer ARP, 802.11 rules.</summary>
    public byte? ProxyArpWifi;

    /// <summary>Designated root. Read only.</summary>
    public BridgeId? RootId;

    /// <summary>Designated bridge. Read only.</summary>
    public BridgeId? BridgeId;

    /// <summary>Read only.</summary>
    public ushort? DesignatedPort;

    /// <summary>Read only.</summary>
    public ushort? DesignatedCost;

    /// <summary>Priority and number in one. Read only.</summary>
    public ushort? Id;

    /// <summary>Port number. Read only.</summary>
    public ushort? No;

    /// <summary>Read only.</summary>
    public byte? TopologyChangeAck;

    /// <summary>Read only.</summary>
    public byte? ConfigPending;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? MessageAgeTimer;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? ForwardDelayTimer;

    /// <summary>1/100 s left. Read only.</summary>
    public ulong? HoldTimer;

    /// <summary>Forget what was learned here. Write only.</summary>
    public bool? Flush;

    /// <summary>0 never, 1 by queries, 2 always, 3 for a while.</summary>
    public byte? McastRouter;

    /// <summary>1: flood unknown multicast out of here.</summary>
    public byte? McastFlood;

    /// <summary>1: copy multicast to each member as unicast.</summary>
    public byte? McastToUnicast;

    /// <summary>1: map VLANs to tunnel ids.</summary>
    public byte? VlanTunnel;

    /// <summary>1: flood broadcast out of here.</summary>
    public byte? BcastFlood;

    /// <summary>As the bridge's, for this port; bits 0 to 2 are allowed here.</summary>
    public ushort? GroupFwdMask;

    /// <summary>1: answer ARP and ND from known neighbours.</summary>
    public byte? NeighSuppress;

    /// <summary>1: no traffic to other isolated ports.</summary>
    public byte? Isolated;

    /// <summary>Index of the port that takes over; 0 is none.</summary>
    public int? BackupPort;

    /// <summary>Read only.</summary>
    public byte? MrpRingOpen;

    /// <summary>Read only.</summary>
    public byte? MrpInOpen;

    /// <summary>Most tracked hosts.</summary>
    public uint? McastEhtHostsLimit;

    /// <summary>Tracked hosts. Read only.</summary>
    public uint? McastEhtHostsCnt;

    /// <summary>1: only known source addresses may send. Since 5.18.</summary>
    public byte? Locked;

    /// <summary>1: note unknown sources of a locked port. Since 6.2.</summary>
    public byte? Mab;

    /// <summary>Groups here. Since 6.3, read only.</summary>
    public uint? McastNGroups;

    /// <summary>Most groups here. Since 6.3.</summary>
    public uint? McastMaxGroups;

    /// <summary>neigh_suppress per VLAN. Since 6.4.</summary>
    public byte? NeighVlanSuppress;

    /// <summary>Next hop that takes over. Since 6.6.</summary>
    public uint? BackupNhid;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U8(1, "state", ref State);
        pass.U16(2, "priority", ref Priority);
        pass.U32(3, "cost", ref Cost);
        pass.U8(4, "hairpin", ref Hairpin);
        pass.U8(5, "guard", ref Guard);
        pass.U8(6, "root_block", ref RootBlock);
        pass.U8(7, "fastleave", ref Fastleave);
        pass.U8(8, "learning", ref Learning);
        pass.U8(9, "flood", ref Flood);
        pass.U8(10, "proxy_arp", ref ProxyArp);
        pass.U8(11, "learning_sync", ref LearningSync);
        pass.U8(12, "proxy_arp_wifi", ref ProxyArpWifi);
        pass.Struct(13, "root_id", ref RootId);
        pass.Struct(14, "bridge_id", ref BridgeId);
        pass.U16(15, "designated_port", ref DesignatedPort);
        pass.U16(16, "designated_cost", ref DesignatedCost);
        pass.U16(17, "id", ref Id);
        pass.U16(18, "no", ref No);
        pass.U8(19, "topology_change_ack", ref TopologyChangeAck);
        pass.U8(20, "config_pending", ref ConfigPending);
        pass.U64(21, "message_age_timer", ref MessageAgeTimer);
        pass.U64(22, "forward_delay_timer", ref ForwardDelayTimer);
        pass.U64(23, "hold_timer", ref HoldTimer);
        pass.Flag(24, "flush", ref Flush);
        pass.U8(25, "mcast_router", ref McastRouter);
        pass.U8(27, "mcast_flood", ref McastFlood);
        pass.U8(28, "mcast_to_unicast", ref McastToUnicast);
        pass.U8(29, "vlan_tunnel", ref VlanTunnel);
        pass.U8(30, "bcast_flood", ref BcastFlood);
        pass.U16(31, "group_fwd_mask", ref GroupFwdMask);
        pass.U8(32, "neigh_suppress", ref NeighSuppress);
        pass.U8(33, "isolated", ref Isolated);
        pass.I32(34, "backup_port", ref BackupPort);
        pass.U8(35, "mrp_ring_open", ref MrpRingOpen);
        pass.U8(36, "mrp_in_open", ref MrpInOpen);
        pass.U32(37, "mcast_eht_hosts_limit", ref McastEhtHostsLimit);
        pass.U32(38, "mcast_eht_hosts_cnt", ref McastEhtHostsCnt);
        pass.U8(39, "locked", ref Locked);
        pass.U8(40, "mab", ref Mab);
        pass.U32(41, "mcast_n_groups", ref McastNGroups);
        pass.U32(42, "mcast_max_groups", ref McastMaxGroups);
        pass.U8(43, "neigh_vlan_suppress", ref NeighVlanSuppress);
        pass.U32(44, "backup_nhid", ref BackupNhid);
    }
}
