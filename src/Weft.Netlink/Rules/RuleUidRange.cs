// struct fib_rule_uid_range (linux/fib_rules.h).
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The users a rule is for, both ends included.</summary>
/// <param name="Start">First uid.</param>
/// <param name="End">Last uid.</param>
public readonly record struct RuleUidRange(uint Start, uint End) : IWireStruct<RuleUidRange>
{
    private const int WireSize = 8;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out RuleUidRange value)
    {
        var whole = source.Length >= WireSize;
        value = whole ? new(MemoryMarshal.Read<uint>(source), MemoryMarshal.Read<uint>(source[4..])) : default;
        return whole;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Start);
        MemoryMarshal.Write(destination[4..], End);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Start}-{End}";
}
