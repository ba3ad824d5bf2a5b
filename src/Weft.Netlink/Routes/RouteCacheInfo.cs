// struct rta_cacheinfo (linux/rtnetlink.h).
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>Use and expiry of a route.</summary>
/// <param name="References">Users.</param>
/// <param name="LastUse">1/100 s ago.</param>
/// <param name="Expires">1/100 s left; 0 is never.</param>
/// <param name="Error">What the route answers with.</param>
/// <param name="Used">Times used.</param>
/// <param name="Id">Without meaning today.</param>
/// <param name="Stamp">Without meaning today.</param>
/// <param name="StampAge">Without meaning today.</param>
public readonly record struct RouteCacheInfo(uint References, uint LastUse, int Expires, uint Error, uint Used, uint Id, uint Stamp, uint StampAge) : IWireStruct<RouteCacheInfo>
{
    private const int WireSize = 32;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out RouteCacheInfo value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new RouteCacheInfo(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]),
            MemoryMarshal.Read<int>(source[8..]),
            MemoryMarshal.Read<uint>(source[12..]),
            MemoryMarshal.Read<uint>(source[16..]),
            MemoryMarshal.Read<uint>(source[20..]),
            MemoryMarshal.Read<uint>(source[24..]),
            MemoryMarshal.Read<uint>(source[28..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, References);
        MemoryMarshal.Write(destination[4..], LastUse);
        MemoryMarshal.Write(destination[8..], Expires);
        MemoryMarshal.Write(destination[12..], Error);
        MemoryMarshal.Write(destination[16..], Used);
        MemoryMarshal.Write(destination[20..], Id);
        MemoryMarshal.Write(destination[24..], Stamp);
        MemoryMarshal.Write(destination[28..], StampAge);
    }

    /// <inheritdoc/>
    public override string ToString() => $"references {References} lastUse {LastUse} expires {Expires} error {Error} used {Used} id {Id} stamp {Stamp} stampAge {StampAge}";
}
