// ETHTOOL_A_PAUSE_*: flow control by pause frames.
namespace Weft.Netlink;

/// <summary>Flow control.</summary>
public sealed class PauseMessage : EthtoolMessage
{
    /// <summary>1: agreed on with the other end.</summary>
    public byte? Autoneg;

    /// <summary>1: the other end's pause frames are obeyed.</summary>
    public byte? Rx;

    /// <summary>1: pause frames are sent.</summary>
    public byte? Tx;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.Nest(1, "header", ref Header);
        pass.U8(2, "autoneg", ref Autoneg);
        pass.U8(3, "rx", ref Rx);
        pass.U8(4, "tx", ref Tx);
    }
}
