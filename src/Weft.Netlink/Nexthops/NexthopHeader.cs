// struct nhmsg (linux/nexthop.h), 8 bytes.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a nexthop message.</summary>
public struct NexthopHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 8;

    /// <summary>AF_INET or AF_INET6; AF_UNSPEC for a group.</summary>
    public byte Family;

    /// <summary>RT_SCOPE_*. Told only; 0 when sent.</summary>
    public byte Scope;

    /// <summary>Who made it, as for routes.</summary>
    public byte Protocol;

    /// <summary>RTNH_F_* bits: 4 onlink may be sent, the others report.</summary>
    public uint Flags;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static NexthopHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        Scope = source[1],
        Protocol = source[2],
        Flags = MemoryMarshal.Read<uint>(source[4..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[0] = Family;
        destination[1] = Scope;
        destination[2] = Protocol;
        destination[3] = 0;
        MemoryMarshal.Write(destination[4..], in Flags);
    }

    /// <inheritdoc/>
    public readonly override string ToString() => $"{Families.Name(Family)} scope {Scope} protocol {Protocol} flags 0x{Flags:x}";
}
