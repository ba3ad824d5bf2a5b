// struct ndmsg (linux/neighbour.h), 12 bytes with three of padding.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a neighbour message.</summary>
public struct NeighbourHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 12;

    /// <summary>AF_INET, AF_INET6, or AF_BRIDGE for a forwarding entry.</summary>
    public byte Family;

    /// <summary>The link; for a forwarding entry the port.</summary>
    public int Index;

    /// <summary>NUD_* bits: 0x02 reachable, 0x04 stale, 0x40 noarp, 0x80 permanent.</summary>
    public ushort State;

    /// <summary>NTF_* bits: 0x02 self, 0x04 master, 0x10 extern_learn, 0x40 sticky.</summary>
    public byte Flags;

    /// <summary>RTN_*: the kind of address.</summary>
    public byte Type;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static NeighbourHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        Index = MemoryMarshal.Read<int>(source[4..]),
        State = MemoryMarshal.Read<ushort>(source[8..]),
        Flags = source[10],
        Type = source[11],
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[..4].Clear();
        destination[0] = Family;
        MemoryMarshal.Write(destination[4..], in Index);
        MemoryMarshal.Write(destination[8..], in State);
        destination[10] = Flags;
        destination[11] = Type;
    }

    /// <inheritdoc/>
    public readonly override string ToString() => $"{Families.Name(Family)} index {Index} state 0x{State:x2} flags 0x{Flags:x2} type {Type}";
}
