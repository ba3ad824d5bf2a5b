// What routers said of the size of packets on the way to a destination (fib_nh_exception, rt6_insert_exception). It is believed for ten
// minutes, and never below 552 bytes of IPv4 and 1280 of IPv6.

using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks.Routing;

internal sealed class PathMtus(World world)
{
    private const long Expires = 600 * VirtualTime.Second;
    private const int Least4 = 552, Least6 = 1280;

    private readonly Dictionary<IpAddr, (int Mtu, long Until)> said = [];

    public void Learn(IpAddr to, int mtu) => said[to] = (Math.Max(mtu, to.Is4 ? Least4 : Least6), world.Time.Now + Expires);

    /// <summary>The largest packet to a destination (ip_dst_mtu_maybe_forward).</summary>
    /// <param name="isForwarded">Of others' packets, only link and route count.</param>
    public int Of(IpAddr to, in Found found, bool isForwarded)
    {
        var device = found.Way.Device.Mtu;
        var mtu = found.Route.Mtu > 0 ? Math.Min(found.Route.Mtu, device) : device;
        return !isForwarded && said.Count > 0 && said.TryGetValue(to, out var told) && told.Until > world.Time.Now ? Math.Min(told.Mtu, mtu) : mtu;
    }
}
