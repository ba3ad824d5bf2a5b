// RTM_NEWQDISC, RTM_NEWTCLASS, RTM_NEWTFILTER and their like (linux/rtnetlink.h, TCA_*): a queueing discipline, a class or a
// filter.
// Surprise: options are of the kind's own making, often structures and not attributes; they are carried as bytes.
namespace Weft.Netlink;

/// <summary>A qdisc, class or filter.</summary>
public sealed class TrafficMessage : IMessage
{
    /// <summary>Link, handle and parent.</summary>
    public TrafficHeader Header;

    /// <summary>`fq_codel`, `htb`, `flower`, ....</summary>
    public string? Kind;

    /// <summary>Of the kind's own making.</summary>
    public byte[]? Options;

    /// <summary>Link-layer sizes.</summary>
    public byte[]? Stab;

    /// <summary>1: it shows only when asked for.</summary>
    public bool? DumpInvisible;

    /// <summary>A filter's chain.</summary>
    public uint? Chain;

    /// <summary>1: the hardware does it. Told only.</summary>
    public byte? HwOffload;

    /// <summary>Filters shared between qdiscs, by number.</summary>
    public uint? IngressBlock;

    /// <summary>Filters shared between qdiscs, by number.</summary>
    public uint? EgressBlock;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => TrafficHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = TrafficHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Text(1, "kind", ref Kind);
        pass.Bytes(2, "options", ref Options);
        pass.Bytes(8, "stab", ref Stab);
        pass.Flag(10, "dump_invisible", ref DumpInvisible);
        pass.U32(11, "chain", ref Chain);
        pass.U8(12, "hw_offload", ref HwOffload);
        pass.U32(13, "ingress_block", ref IngressBlock);
        pass.U32(14, "egress_block", ref EgressBlock);
    }
}
