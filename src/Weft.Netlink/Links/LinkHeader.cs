// struct ifinfomsg (linux/rtnetlink.h), 16 bytes. A request changes exactly the flag bits that Change names.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a link message.</summary>
public struct LinkHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 16;

    /// <summary>AF_UNSPEC for a link, AF_BRIDGE for its place in a bridge.</summary>
    public byte Family;

    /// <summary>ARPHRD_*: 1 Ethernet, 772 loopback, 32 InfiniBand.</summary>
    public ushort Type;

    /// <summary>The interface index; 0 lets the kernel choose, or find by name.</summary>
    public int Index;

    /// <summary>IFF_* bits.</summary>
    public LinkFlags Flags;

    /// <summary>Which bits of Flags a request means.</summary>
    public LinkFlags Change;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static LinkHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        Type = MemoryMarshal.Read<ushort>(source[2..]),
        Index = MemoryMarshal.Read<int>(source[4..]),
        Flags = (LinkFlags)MemoryMarshal.Read<uint>(source[8..]),
        Change = (LinkFlags)MemoryMarshal.Read<uint>(source[12..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[0] = Family;
        destination[1] = 0;
        MemoryMarshal.Write(destination[2..], in Type);
        MemoryMarshal.Write(destination[4..], in Index);
        MemoryMarshal.Write(destination[8..], (uint)Flags);
        MemoryMarshal.Write(destination[12..], (uint)Change);
    }

    /// <inheritdoc/>
    public readonly override string ToString() => $"{Families.Name(Family)} type {Type} index {Index} flags [{Flags}] change [{Change}]";
}
