// MDBA_MDB, MDBA_MDB_ENTRY and MDBA_MDB_ENTRY_INFO (linux/if_bridge.h): groups, the ports of each, and what is known of a
// port's membership beyond the entry itself.
namespace Weft.Netlink;

/// <summary>The groups of a bridge.</summary>
public sealed class GroupTable : IAttributes
{
    /// <summary>The groups.</summary>
    public List<GroupPorts>? Entries;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Frames(1, "mdb_entry", ref Entries);
}

/// <summary>One group: an entry for each port.</summary>
public sealed class GroupPorts : IFramed
{
    /// <summary>The ports.</summary>
    public List<GroupMembership>? Ports;

    /// <inheritdoc/>
    public int HeaderSize => 0;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) { }

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) { }

    /// <inheritdoc/>
    public string DescribeHeader() => "";

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Frames(1, "mdb_entry_info", ref Ports);
}

/// <summary>A port's membership.</summary>
public sealed class GroupMembership : IFramed
{
    /// <summary>Port, group, VLAN, state and flags.</summary>
    public GroupEntry Header;

    /// <summary>1/100 s until it lapses; 0 never.</summary>
    public uint? Timer;

    /// <summary>Sources that are known.</summary>
    public GroupSources? SrcList;

    /// <summary>0 exclude, 1 include the sources.</summary>
    public byte? GroupMode;

    /// <summary>The source, where the entry is of one source.</summary>
    public InetAddress? Source;

    /// <summary>Who made it, as for routes.</summary>
    public byte? Rtprot;

    /// <inheritdoc/>
    public int HeaderSize => GroupEntry.WireSize;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => GroupEntry.TryRead(source, out Header);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "timer", ref Timer);
        pass.Nest(2, "src_list", ref SrcList);
        pass.U8(3, "group_mode", ref GroupMode);
        pass.Ip(4, "source", ref Source);
        pass.U8(5, "rtprot", ref Rtprot);
    }
}
