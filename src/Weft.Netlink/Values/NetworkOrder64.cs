// A 64-bit number in network order: tunnel ids are the only ones.
using System.Buffers.Binary;

namespace Weft.Netlink;

/// <summary>A 64-bit number in network order.</summary>
/// <param name="Number">The number.</param>
public readonly record struct NetworkOrder64(ulong Number) : IWireStruct<NetworkOrder64>
{
    /// <inheritdoc/>
    public int Size => sizeof(ulong);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out NetworkOrder64 value)
    {
        var whole = BinaryPrimitives.TryReadUInt64BigEndian(source, out var number);
        value = new(number);
        return whole;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, Number);

    /// <inheritdoc/>
    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
