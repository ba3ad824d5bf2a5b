// struct rtvia (linux/rtnetlink.h): a family in host order and an address of that family's length. Families other than
// IPv4 and IPv6 do not occur below an IP route.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>A next hop of another family than the route's.</summary>
/// <param name="Address">The next hop.</param>
public readonly record struct RouteVia(InetAddress Address) : IWireStruct<RouteVia>
{
    /// <inheritdoc/>
    public int Size => 2 + Address.Length;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out RouteVia value)
    {
        value = default;
        if (source.Length < 2) return false;
        var length = MemoryMarshal.Read<ushort>(source) switch { Families.Inet => 4, Families.Inet6 => 16, _ => 0 };
        if (length == 0 || source.Length < 2 + length) return false;
        value = new RouteVia(new InetAddress(source.Slice(2, length)));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, (ushort)Address.Family);
        Address.CopyTo(destination[2..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
