// struct nda_cacheinfo (linux/neighbour.h); ages in 1/100 s.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>Ages of a neighbour.</summary>
/// <param name="Confirmed">Since it answered.</param>
/// <param name="Used">Since it was used.</param>
/// <param name="Updated">Since it changed.</param>
/// <param name="References">Users.</param>
public readonly record struct NeighbourCacheInfo(uint Confirmed, uint Used, uint Updated, uint References) : IWireStruct<NeighbourCacheInfo>
{
    private const int WireSize = 16;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out NeighbourCacheInfo value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new NeighbourCacheInfo(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]),
            MemoryMarshal.Read<uint>(source[8..]),
            MemoryMarshal.Read<uint>(source[12..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Confirmed);
        MemoryMarshal.Write(destination[4..], Used);
        MemoryMarshal.Write(destination[8..], Updated);
        MemoryMarshal.Write(destination[12..], References);
    }

    /// <inheritdoc/>
    public override string ToString() => $"confirmed {Confirmed} used {Used} updated {Updated} references {References}";
}
