// struct ifaddrmsg (linux/if_addr.h), 8 bytes.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of an address message.</summary>
public struct AddressHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 8;

    /// <summary>AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>Prefix length in bits.</summary>
    public byte PrefixLength;

    /// <summary>The low eight bits of the flags; the attribute holds all.</summary>
    public byte Flags;

    /// <summary>RT_SCOPE_*: 0 global, 253 link, 254 host.</summary>
    public byte Scope;

    /// <summary>The link.</summary>
    public int Index;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static AddressHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        PrefixLength = source[1],
        Flags = source[2],
        Scope = source[3],
        Index = MemoryMarshal.Read<int>(source[4..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[0] = Family;
        destination[1] = PrefixLength;
        destination[2] = Flags;
        destination[3] = Scope;
        MemoryMarshal.Write(destination[4..], in Index);
    }

    /// <inheritdoc/>
    public readonly override string ToString() =>
        $"{Families.Name(Family)} prefix {PrefixLength} flags 0x{Flags:x2} scope {Scope} index {Index}";
}
