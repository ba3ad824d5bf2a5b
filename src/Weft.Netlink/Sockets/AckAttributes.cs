// What follows a netlink error when NETLINK_EXT_ACK is on (linux/netlink.h, NLMSGERR_ATTR_*).
// Surprise: offsets count from the start of the refused message, netlink header included.
namespace Weft.Netlink;

/// <summary>The extended acknowledgement.</summary>
public sealed class AckAttributes : IAttributes
{
    /// <summary>The kernel's words.</summary>
    public string? Msg;

    /// <summary>Offset of the attribute that was refused.</summary>
    public uint? Offs;

    /// <summary>The subsystem's own.</summary>
    public byte[]? Cookie;

    /// <summary>What would have been accepted, as a nest.</summary>
    public byte[]? Policy;

    /// <summary>Type of an attribute that was missing.</summary>
    public uint? MissType;

    /// <summary>Offset of the nest in which it was missing; absent for the message itself.</summary>
    public uint? MissNest;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Text(1, "msg", ref Msg);
        pass.U32(2, "offs", ref Offs);
        pass.Bytes(3, "cookie", ref Cookie);
        pass.Bytes(4, "policy", ref Policy);
        pass.U32(5, "miss_type", ref MissType);
        pass.U32(6, "miss_nest", ref MissNest);
    }
}
