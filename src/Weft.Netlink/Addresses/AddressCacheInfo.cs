// struct ifa_cacheinfo (linux/if_addr.h). All ones is forever.
// Surprise: the kernel spells the first field "prefered".
namespace Weft.Netlink;

/// <summary>Lifetimes of an address.</summary>
/// <param name="Preferred">Seconds it may be used for new connections.</param>
/// <param name="Valid">Seconds it lives.</param>
/// <param name="Created">1/100 s since boot.</param>
/// <param name="Updated">1/100 s since boot.</param>
public readonly record struct AddressCacheInfo(uint Preferred, uint Valid, uint Created, uint Updated) : IWireStruct<AddressCacheInfo>
{
    /// <inheritdoc/>
    public int Size => FourWords.Size;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out AddressCacheInfo value) => FourWords.TryRead(source, static (a, b, c, d) => new(a, b, c, d), out value);

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => FourWords.Write(destination, Preferred, Valid, Created, Updated);

    /// <inheritdoc/>
    public override string ToString() => $"preferred {Preferred} valid {Valid} created {Created} updated {Updated}";
}
