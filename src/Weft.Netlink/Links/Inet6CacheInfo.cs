// struct ifla_cacheinfo (linux/if_link.h).
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>IPv6 times of a link.</summary>
/// <param name="MaxReassemblyLength">Bytes.</param>
/// <param name="Updated">1/100 s since boot.</param>
/// <param name="ReachableTime">ms.</param>
/// <param name="RetransmitTime">ms.</param>
public readonly record struct Inet6CacheInfo(uint MaxReassemblyLength, uint Updated, uint ReachableTime, uint RetransmitTime) : IWireStruct<Inet6CacheInfo>
{
    private const int WireSize = 16;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out Inet6CacheInfo value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new Inet6CacheInfo(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]),
            MemoryMarshal.Read<uint>(source[8..]),
            MemoryMarshal.Read<uint>(source[12..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, MaxReassemblyLength);
        MemoryMarshal.Write(destination[4..], Updated);
        MemoryMarshal.Write(destination[8..], ReachableTime);
        MemoryMarshal.Write(destination[12..], RetransmitTime);
    }

    /// <inheritdoc/>
    public override string ToString() => $"maxReassemblyLength {MaxReassemblyLength} updated {Updated} reachableTime {ReachableTime} retransmitTime {RetransmitTime}";
}
