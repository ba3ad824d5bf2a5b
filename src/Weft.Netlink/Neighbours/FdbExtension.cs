// NDA_FDB_EXT_ATTRS (linux/neighbour.h, NFEA_*): how a forwarding entry shows that it is alive.
namespace Weft.Netlink;

/// <summary>Extras of a forwarding entry.</summary>
public sealed class FdbExtension : IAttributes
{
    /// <summary>Bits: 1 notify, 2 inactive.</summary>
    public byte? ActivityNotify;

    /// <summary>Do not renew the time of last use.</summary>
    public bool? DontRefresh;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U8(1, "activity_notify", ref ActivityNotify);
        pass.Flag(2, "dont_refresh", ref DontRefresh);
    }
}
