// struct ifla_cacheinfo (linux/if_link.h).
namespace Weft.Netlink;

/// <summary>IPv6 times of a link.</summary>
/// <param name="MaxReassemblyLength">Bytes.</param>
/// <param name="Updated">1/100 s since boot.</param>
/// <param name="ReachableTime">ms.</param>
/// <param name="RetransmitTime">ms.</param>
public readonly record struct Inet6CacheInfo(uint MaxReassemblyLength, uint Updated, uint ReachableTime, uint RetransmitTime) : IWireStruct<Inet6CacheInfo>
{
    /// <inheritdoc/>
    public int Size => FourWords.Size;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out Inet6CacheInfo value) => FourWords.TryRead(source, static (a, b, c, d) => new(a, b, c, d), out value);

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => FourWords.Write(destination, MaxReassemblyLength, Updated, ReachableTime, RetransmitTime);

    /// <inheritdoc/>
    public override string ToString() => $"maxReassemblyLength {MaxReassemblyLength} updated {Updated} reachableTime {ReachableTime} retransmitTime {RetransmitTime}";
}
