// struct rtnexthop (linux/rtnetlink.h), 8 bytes; the first two are the record's length, which the passes mind.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of one next hop.</summary>
public struct RouteHopHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 8;

    /// <summary>RTNH_F_* bits: 1 dead, 4 onlink, 16 link down.</summary>
    public byte Flags;

    /// <summary>The weight less one.</summary>
    public byte Hops;

    /// <summary>The outgoing link.</summary>
    public int Index;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static RouteHopHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Flags = source[2],
        Hops = source[3],
        Index = MemoryMarshal.Read<int>(source[4..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes, the length as zero.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[0] = 0;
        destination[1] = 0;
        destination[2] = Flags;
        destination[3] = Hops;
        MemoryMarshal.Write(destination[4..], in Index);
    }

    /// <inheritdoc/>
    public readonly override string ToString() => $"hop flags 0x{Flags:x2} weight {Hops + 1} index {Index}";
}
