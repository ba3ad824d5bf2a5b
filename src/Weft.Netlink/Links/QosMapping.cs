// struct ifla_vlan_qos_mapping (linux/if_link.h).
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>One pair of a priority map.</summary>
/// <param name="From">The priority found.</param>
/// <param name="To">The priority given.</param>
public readonly record struct QosMapping(uint From, uint To) : IWireStruct<QosMapping>
{
    private const int WireSize = 8;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out QosMapping value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new QosMapping(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, From);
        MemoryMarshal.Write(destination[4..], To);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{From}:{To}";
}
