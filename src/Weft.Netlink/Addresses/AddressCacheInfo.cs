// struct ifa_cacheinfo (linux/if_addr.h). All ones is forever.
// Surprise: the kernel spells the first field "prefered".
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>Lifetimes of an address.</summary>
/// <param name="Preferred">Seconds it may be used for new connections.</param>
/// <param name="Valid">Seconds it lives.</param>
/// <param name="Created">1/100 s since boot.</param>
/// <param name="Updated">1/100 s since boot.</param>
public readonly record struct AddressCacheInfo(uint Preferred, uint Valid, uint Created, uint Updated) : IWireStruct<AddressCacheInfo>
{
    private const int WireSize = 16;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out AddressCacheInfo value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new AddressCacheInfo(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]),
            MemoryMarshal.Read<uint>(source[8..]),
            MemoryMarshal.Read<uint>(source[12..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Preferred);
        MemoryMarshal.Write(destination[4..], Valid);
        MemoryMarshal.Write(destination[8..], Created);
        MemoryMarshal.Write(destination[12..], Updated);
    }

    /// <inheritdoc/>
    public override string ToString() => $"preferred {Preferred} valid {Valid} created {Created} updated {Updated}";
}
