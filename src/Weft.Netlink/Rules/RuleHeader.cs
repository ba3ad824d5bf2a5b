// struct fib_rule_hdr (linux/fib_rules.h), 12 bytes.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The fixed header of a rule message.</summary>
public struct RuleHeader
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 12;

    /// <summary>AF_INET or AF_INET6; others are multicast routing.</summary>
    public byte Family;

    /// <summary>Length of the destination prefix.</summary>
    public byte DestinationLength;

    /// <summary>Length of the source prefix.</summary>
    public byte SourceLength;

    /// <summary>Type of service; 0 is any.</summary>
    public byte Tos;

    /// <summary>The table where it fits in eight bits; the attribute holds all.</summary>
    public byte Table;

    /// <summary>FR_ACT_*: 1 look up a table, 2 goto, 6 blackhole, 7 unreachable, 8 prohibit.</summary>
    public byte Action;

    /// <summary>FIB_RULE_* bits: 2 invert; 1 permanent, 4 unresolved, 8 and 16 detached only report.</summary>
    public uint Flags;

    /// <summary>Reads exactly <see cref="Size"/> bytes.</summary>
    public static RuleHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Family = source[0],
        DestinationLength = source[1],
        SourceLength = source[2],
        Tos = source[3],
        Table = source[4],
        Action = source[7],
        Flags = MemoryMarshal.Read<uint>(source[8..]),
    };

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public readonly void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        destination[0] = Family;
        destination[1] = DestinationLength;
        destination[2] = SourceLength;
        destination[3] = Tos;
        destination[4] = Table;
        destination[7] = Action;
        MemoryMarshal.Write(destination[8..], in Flags);
    }

    /// <inheritdoc/>
    public readonly override string ToString() =>
        $"{Families.Name(Family)} dst /{DestinationLength} src /{SourceLength} tos {Tos} table {Table} action {Action} flags 0x{Flags:x}";
}
