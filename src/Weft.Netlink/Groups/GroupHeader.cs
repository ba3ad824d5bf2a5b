// struct br_port_msg (linux/if_bridge.h), 8 bytes with three of padding.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a multicast group message.</summary>
public struct GroupHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 8;

    /// <summary>AF_BRIDGE.</summary>
    public byte Family;

    /// <summary>The bridge; for the entries of a VXLAN, that link.</summary>
    public int Index;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static GroupHeader Read(ReadOnlySpan<byte> source) => new() { Family = source[0], Index = MemoryMarshal.Read<int>(source[4..]) };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[..4].Clear();
        destination[0] = Family;
        MemoryMarshal.Write(destination[4..], in Index);
    }

    /// <inheritdoc/>
    public readonly override string ToString() => $"{Families.Name(Family)} index {Index}";
}
