// struct fib_rule_port_range (linux/fib_rules.h). In host order, unlike every port number in a packet.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The ports a rule is for, both ends included.</summary>
/// <param name="Start">First port.</param>
/// <param name="End">Last port.</param>
public readonly record struct RulePortRange(ushort Start, ushort End) : IWireStruct<RulePortRange>
{
    private const int WireSize = 4;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out RulePortRange value)
    {
        var whole = source.Length >= WireSize;
        value = whole ? new(MemoryMarshal.Read<ushort>(source), MemoryMarshal.Read<ushort>(source[2..])) : default;
        return whole;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Start);
        MemoryMarshal.Write(destination[2..], End);
    }

    /// <inheritdoc/>
    public override string ToString() => Start == End ? $"{Start}" : $"{Start}-{End}";
}
