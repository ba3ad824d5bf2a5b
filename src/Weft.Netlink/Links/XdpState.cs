// IFLA_XDP (linux/if_link.h, IFLA_XDP_*), the parts that tell whether a program sits on the link. Loading programs is
// not this room's business.
namespace Weft.Netlink;

/// <summary>The XDP programs on a link.</summary>
public sealed class XdpState : IAttributes
{
    /// <summary>0 none, 1 in the driver, 2 generic, 3 in hardware, 4 several.</summary>
    public byte? Attached;

    /// <summary>The program, when there is one only.</summary>
    public uint? ProgId;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U8(2, "attached", ref Attached);
        pass.U32(4, "prog_id", ref ProgId);
    }
}
