// IFLA_INFO_SLAVE_DATA of kind "bond": a port's own state (linux/if_link.h, IFLA_BOND_SLAVE_*). Only queue_id, prio and
// actor_port_prio may be set.
namespace Weft.Netlink;

/// <summary>The state and options of a bond's port.</summary>
public sealed class BondPortData : IAttributes
{
    /// <summary>0 active, 1 backup.</summary>
    public byte? State;

    /// <summary>0 up, 1 fail (downdelay running), 2 down, 3 back (updelay running).</summary>
    public byte? MiiStatus;

    /// <summary>Times the link was lost.</summary>
    public uint? LinkFailureCount;

    /// <summary>The port's own address, given back when it leaves.</summary>
    public HardwareAddress? PermHwaddr;

    /// <summary>Transmit queue bound to this port; 0 is none.</summary>
    public ushort? QueueId;

    /// <summary>The aggregator it is in; 802.3ad.</summary>
    public ushort? AdAggregatorId;

    /// <summary>LACP state bits of ours.</summary>
    public byte? AdActorOperPortState;

    /// <summary>LACP state bits of the partner.</summary>
    public ushort? AdPartnerOperPortState;

    /// <summary>Preference when an active port is chosen. Since 6.0.</summary>
    public int? Prio;

    /// <summary>LACP port priority. Newer than 6.12.</summary>
    public ushort? ActorPortPrio;

    /// <summary>Whether our side has settled: 0 monitoring, 1 churn, 2 none. Newer than 6.12, and in stable kernels.</summary>
    public byte? AdChurnActorState;

    /// <summary>Whether the partner has settled, as above.</summary>
    public byte? AdChurnPartnerState;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U8(1, "state", ref State);
        pass.U8(2, "mii_status", ref MiiStatus);
        pass.U32(3, "link_failure_count", ref LinkFailureCount);
        pass.Mac(4, "perm_hwaddr", ref PermHwaddr);
        pass.U16(5, "queue_id", ref QueueId);
        pass.U16(6, "ad_aggregator_id", ref AdAggregatorId);
        pass.U8(7, "ad_actor_oper_port_state", ref AdActorOperPortState);
        pass.U16(8, "ad_partner_oper_port_state", ref AdPartnerOperPortState);
        pass.I32(9, "prio", ref Prio);
        pass.U16(10, "actor_port_prio", ref ActorPortPrio);
        pass.U8(11, "ad_churn_actor_state", ref AdChurnActorState);
        pass.U8(12, "ad_churn_partner_state", ref AdChurnPartnerState);
    }
}
