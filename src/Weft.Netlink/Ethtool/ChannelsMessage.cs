// ETHTOOL_A_CHANNELS_*: how many queues the hardware works with, and how many it could.
namespace Weft.Netlink;

/// <summary>Numbers of channels.</summary>
public sealed class ChannelsMessage : EthtoolMessage
{
    /// <summary>The most that only receive.</summary>
    public uint? RxMax;

    /// <summary>The most that only send.</summary>
    public uint? TxMax;

    /// <summary>The most for other work.</summary>
    public uint? OtherMax;

    /// <summary>The most that do both.</summary>
    public uint? CombinedMax;

    /// <summary>That only receive.</summary>
    public uint? Rx;

    /// <summary>That only send.</summary>
    public uint? Tx;

    /// <summary>For other work: link interrupts, virtual functions.</summary>
    public uint? Other;

    /// <summary>That do both.</summary>
    public uint? Combined;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.Nest(1, "header", ref Header);
        pass.U32(2, "rx_max", ref RxMax);
        pass.U32(3, "tx_max", ref TxMax);
        pass.U32(4, "other_max", ref OtherMax);
        pass.U32(5, "combined_max", ref CombinedMax);
        pass.U32(6, "rx_count", ref Rx);
        pass.U32(7, "tx_count", ref Tx);
        pass.U32(8, "other_count", ref Other);
        pass.U32(9, "combined_count", ref Combined);
    }
}
