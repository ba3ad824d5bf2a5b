// struct tcmsg (linux/rtnetlink.h), 20 bytes with three of padding behind the family.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a message about a qdisc, class or filter.</summary>
public struct TrafficHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 20;

    /// <summary>TC_H_ROOT: the parent of a link's own qdisc.</summary>
    public const uint Root = 0xffffffff;

    /// <summary>AF_UNSPEC.</summary>
    public byte Family;

    /// <summary>The link.</summary>
    public int Index;

    /// <summary>Major number in the high 16 bits, minor in the low; a filter's handle has a meaning of its kind's.</summary>
    public uint Handle;

    /// <summary>What it hangs on: TC_H_ROOT all ones, TC_H_INGRESS 0xfffffff1.</summary>
    public uint Parent;

    /// <summary>A filter's priority (high 16 bits) and protocol (low, network order); users of a qdisc, told only.</summary>
    public uint Info;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static TrafficHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        Index = MemoryMarshal.Read<int>(source[4..]),
        Handle = MemoryMarshal.Read<uint>(source[8..]),
        Parent = MemoryMarshal.Read<uint>(source[12..]),
        Info = MemoryMarshal.Read<uint>(source[16..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[..4].Clear();
        destination[0] = Family;
        MemoryMarshal.Write(destination[4..], in Index);
        MemoryMarshal.Write(destination[8..], in Handle);
        MemoryMarshal.Write(destination[12..], in Parent);
        MemoryMarshal.Write(destination[16..], in Info);
    }

    /// <summary>A handle as `tc` spells it.</summary>
    public static string Name(uint handle) => handle switch
    {
        Root => "root",
        0xfffffff1 => "ingress",
        _ => (handle & 0xffff) == 0 ? $"{handle >> 16:x}:" : $"{handle >> 16:x}:{handle & 0xffff:x}",
    };

    /// <inheritdoc/>
    public readonly override string ToString() => $"index {Index} handle {Name(Handle)} parent {Name(Parent)} info 0x{Info:x}";
}
