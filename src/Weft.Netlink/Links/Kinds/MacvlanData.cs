// IFLA_INFO_DATA of kind "macvlan" (linux/if_link.h, IFLA_MACVLAN_*). The list of addresses of mode source (4 and 5) is not among
// them: who wants all of it keeps the bytes.
namespace Weft.Netlink;

/// <summary>The options of a MACVLAN.</summary>
public sealed class MacvlanData : IAttributes
{
    /// <summary>1 private, 2 vepa, 4 bridge, 8 passthru, 16 source.</summary>
    public uint? Mode;

    /// <summary>1 nopromisc.</summary>
    public ushort? Flags;

    /// <summary>How many addresses mode source lets in.</summary>
    public uint? MacaddrCount;

    /// <summary>How many broadcasts may wait; what was asked for.</summary>
    public uint? BcQueueLen;

    /// <summary>The same, as it is in force: the longest that any MACVLAN of the link asked for.</summary>
    public uint? BcQueueLenUsed;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "mode", ref Mode);
        pass.U16(2, "flags", ref Flags);
        pass.U32(6, "macaddr_count", ref MacaddrCount);
        pass.U32(7, "bc_queue_len", ref BcQueueLen);
        pass.U32(8, "bc_queue_len_used", ref BcQueueLenUsed);
    }
}
