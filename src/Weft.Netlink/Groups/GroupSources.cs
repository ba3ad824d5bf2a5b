// Sources of a group, told (MDBA_MDB_EATTR_SRC_LIST) and asked for (MDBE_ATTR_SRC_LIST) in the same form, and what else is asked
// for of an entry (linux/if_bridge.h, MDBE_ATTR_*).
// Surprise: before 6.3 a kernel knows `source` alone and refuses a message that holds anything else.
namespace Weft.Netlink;

/// <summary>What is asked for of a group entry beyond the entry itself.</summary>
public sealed class GroupWish : IAttributes
{
    /// <summary>The source, where the entry is of one source.</summary>
    public InetAddress? Source;

    /// <summary>Sources of an entry of all sources.</summary>
    public GroupSources? SrcList;

    /// <summary>0 exclude, 1 include the sources.</summary>
    public byte? GroupMode;

    /// <summary>Who makes it, as for routes.</summary>
    public byte? Rtprot;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "source", ref Source);
        pass.Nest(2, "src_list", ref SrcList);
        pass.U8(3, "group_mode", ref GroupMode);
        pass.U8(4, "rtprot", ref Rtprot);
    }
}

/// <summary>Sources of a group.</summary>
public sealed class GroupSources : IAttributes
{
    /// <summary>The sources.</summary>
    public List<GroupSource>? Entries;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Frames(1, "srclist_entry", ref Entries);
}

/// <summary>One source.</summary>
public sealed class GroupSource : IFramed
{
    /// <summary>Its address.</summary>
    public InetAddress? Address;

    /// <summary>1/100 s until it lapses. Told only.</summary>
    public uint? Timer;

    /// <inheritdoc/>
    public int HeaderSize => 0;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) { }

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) { }

    /// <inheritdoc/>
    public string DescribeHeader() => "";

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "address", ref Address);
        pass.U32(2, "timer", ref Timer);
    }
}
