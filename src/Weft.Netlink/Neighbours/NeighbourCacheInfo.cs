// struct nda_cacheinfo (linux/neighbour.h); ages in 1/100 s.
namespace Weft.Netlink;

/// <summary>Ages of a neighbour.</summary>
/// <param name="Confirmed">Since it answered.</param>
/// <param name="Used">Since it was used.</param>
/// <param name="Updated">Since it changed.</param>
/// <param name="References">Users.</param>
public readonly record struct NeighbourCacheInfo(uint Confirmed, uint Used, uint Updated, uint References) : IWireStruct<NeighbourCacheInfo>
{
    /// <inheritdoc/>
    public int Size => FourWords.Size;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out NeighbourCacheInfo value) => FourWords.TryRead(source, static (a, b, c, d) => new(a, b, c, d), out value);

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => FourWords.Write(destination, Confirmed, Used, Updated, References);

    /// <inheritdoc/>
    public override string ToString() => $"confirmed {Confirmed} used {Used} updated {Updated} references {References}";
}
