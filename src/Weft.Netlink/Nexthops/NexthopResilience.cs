// NHA_RES_GROUP (linux/nexthop.h, NHA_RES_GROUP_*). Timers are in clock ticks of 1/100 s.
namespace Weft.Netlink;

/// <summary>The settings of a resilient group.</summary>
public sealed class NexthopResilience : IAttributes
{
    /// <summary>Buckets of flows.</summary>
    public ushort? Buckets;

    /// <summary>How long a bucket must be idle before it may move, 1/100 s.</summary>
    public uint? IdleTimer;

    /// <summary>How long the group may be out of balance, 1/100 s.</summary>
    public uint? UnbalancedTimer;

    /// <summary>How long it has been. Read only, and refused when sent.</summary>
    public ulong? UnbalancedTime;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U16(1, "buckets", ref Buckets);
        pass.U32(2, "idle_timer", ref IdleTimer);
        pass.U32(3, "unbalanced_timer", ref UnbalancedTimer);
        pass.U64(4, "unbalanced_time", ref UnbalancedTime);
    }
}
