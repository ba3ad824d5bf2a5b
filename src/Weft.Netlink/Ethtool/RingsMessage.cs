// ETHTOOL_A_RINGS_*: how many packets wait in the hardware's queues, and how many could.
namespace Weft.Netlink;

/// <summary>Lengths of rings.</summary>
public sealed class RingsMessage : EthtoolMessage
{
    /// <summary>The most for what arrives; 0 where there is no such ring.</summary>
    public uint? RxMax;

    /// <summary>The most for small packets that arrive.</summary>
    public uint? RxMiniMax;

    /// <summary>The most for large packets that arrive.</summary>
    public uint? RxJumboMax;

    /// <summary>The most for what is sent.</summary>
    public uint? TxMax;

    /// <summary>For what arrives.</summary>
    public uint? Rx;

    /// <summary>For small packets that arrive.</summary>
    public uint? RxMini;

    /// <summary>For large packets that arrive.</summary>
    public uint? RxJumbo;

    /// <summary>For what is sent.</summary>
    public uint? Tx;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.Nest(1, "header", ref Header);
        pass.U32(2, "rx_max", ref RxMax);
        pass.U32(3, "rx_mini_max", ref RxMiniMax);
        pass.U32(4, "rx_jumbo_max", ref RxJumboMax);
        pass.U32(5, "tx_max", ref TxMax);
        pass.U32(6, "rx", ref Rx);
        pass.U32(7, "rx_mini", ref RxMini);
        pass.U32(8, "rx_jumbo", ref RxJumbo);
        pass.U32(9, "tx", ref Tx);
    }
}
