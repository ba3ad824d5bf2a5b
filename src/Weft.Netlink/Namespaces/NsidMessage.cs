// RTM_NEWNSID, RTM_DELNSID, RTM_GETNSID (linux/net_namespace.h, NETNSA_*): the number by which a namespace knows another.
// Surprise: the header is one byte (struct rtgenmsg) and padded to four.
namespace Weft.Netlink;

/// <summary>A namespace's number.</summary>
public sealed class NsidMessage : IMessage
{
    /// <summary>AF_UNSPEC.</summary>
    public byte Family;

    /// <summary>The number; -1 where it has none.</summary>
    public int? Nsid;

    /// <summary>The namespace of this process.</summary>
    public uint? Pid;

    /// <summary>The namespace behind this descriptor.</summary>
    public uint? Fd;

    /// <summary>Ask in this namespace.</summary>
    public int? TargetNsid;

    /// <summary>The number here of a namespace that was asked for elsewhere.</summary>
    public int? CurrentNsid;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => 4;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Family = source[0];

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination)
    {
        destination.Clear();
        destination[0] = Family;
    }

    /// <inheritdoc/>
    public string DescribeHeader() => Families.Name(Family);

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.I32(1, "nsid", ref Nsid);
        pass.U32(2, "pid", ref Pid);
        pass.U32(3, "fd", ref Fd);
        pass.I32(4, "target_nsid", ref TargetNsid);
        pass.I32(5, "current_nsid", ref CurrentNsid);
    }
}
