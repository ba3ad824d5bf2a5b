// struct rtmsg (linux/rtnetlink.h), 12 bytes.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a route message.</summary>
public struct RouteHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 12;

    /// <summary>AF_INET or AF_INET6.</summary>
    public byte Family;

    /// <summary>Prefix length of the destination in bits.</summary>
    public byte DestinationLength;

    /// <summary>Prefix length of the source in bits; IPv6.</summary>
    public byte SourceLength;

    /// <summary>Type of service.</summary>
    public byte Tos;

    /// <summary>Routing table when below 256; 254 is main, 0 means: see the attribute.</summary>
    public byte Table;

    /// <summary>RTPROT_*: 2 kernel, 3 boot, 4 static; others name their makers.</summary>
    public byte Protocol;

    /// <summary>RT_SCOPE_*: 0 global, 253 link, 254 host, 255 nowhere.</summary>
    public byte Scope;

    /// <summary>RTN_*: 1 unicast, 2 local, 3 broadcast, 6 blackhole, 7 unreachable, 8 prohibit.</summary>
    public byte Type;

    /// <summary>RTM_F_* and RTNH_F_* bits.</summary>
    public uint Flags;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static RouteHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        DestinationLength = source[1],
        SourceLength = source[2],
        Tos = source[3],
        Table = source[4],
        Protocol = source[5],
        Scope = source[6],
        Type = source[7],
        Flags = MemoryMarshal.Read<uint>(source[8..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[0] = Family;
        destination[1] = DestinationLength;
        destination[2] = SourceLength;
        destination[3] = Tos;
        destination[4] = Table;
        destination[5] = Protocol;
        destination[6] = Scope;
        destination[7] = Type;
        MemoryMarshal.Write(destination[8..], in Flags);
    }

    /// <inheritdoc/>
    public readonly override string ToString() =>
        $"{Families.Name(Family)} dst/{DestinationLength} src/{SourceLength} tos {Tos} table {Table} protocol {Protocol} scope {Scope} type {Type} flags 0x{Flags:x}";
}
