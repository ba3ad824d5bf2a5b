// The routes of every table, the kernel's connected ones (protocol 2) among them: they are looked up and stand in the way of
// others, and no observer sees them. What differs between the families is in Fib4 and Fib6.

using System.Net;
using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Layer3;

internal sealed class Fib
{
    /// <summary>RTPROT_KERNEL.</summary>
    public const byte Kernel = 2;

    /// <summary>ip_metrics_convert caps RTAX_MTU so that a frame fits 65535 bytes.</summary>
    private const long MostMtu = 65535 - 15;

    public List<Route> Routes { get; } = [];

    public static Refusal? Add(Net net, Route route, bool replaces)
    {
        if (route.Nexthop is { } hop && !net.Kept.Exists(thing => thing.Nexthop == hop))
            return Error.Of("EINVAL", "Nexthop id does not exist");
        var capped = route with { Mtu = route.Mtu is { } mtu ? Math.Min(mtu, MostMtu) : null };
        return route.To.Value.Is6 ? Fib6.Add(net, capped, replaces) : Fib4.Add(net, capped, replaces);
    }

    public Refusal? Delete(Route route)
    {
        // Routes of one destination stand by metric, and the first that the message fits goes.
        var gone = Routes.Where(there => there.Protocol != Kernel && (route.To.Value.Is6 ? Fib6.Matches(there, route) : Fib4.Matches(there, route))).MinBy(there => there.EffectiveMetric);
        if (gone is null)
            return Error.Of("ESRCH");
        Routes.Remove(gone);
        return null;
    }

    /// <summary>An IPv6 route's own MTU is cut to its link's, and grows with that where it was the same (fib6_nh_mtu_change).</summary>
    public void Follow(string link, long before, long mtu)
    {
        for (var i = 0; i < Routes.Count; i++)
            if (Routes[i] is { Mtu: { } own } route && route.To.Value.Is6 && route.Uses(link) && (own >= mtu || own == before))
                Routes[i] = route with { Mtu = mtu };
    }

    /// <summary>Every route over a link goes, whoever put it there: fib_disable_ip, rt6_sync_down_dev.</summary>
    /// <remarks>A route with several next hops goes with the last of them that is alive; until then it has them again when their links are back.</remarks>
    public static void Flush(Net net, string link, bool ip4 = true, bool ip6 = true, bool objects = true) => net.Fib.Routes.RemoveAll(route => (route.To.Value.Is6 ? ip6 : ip4) && route.Uses(link) && (objects || route.Nexthop is null)
        && (route.Nexthops.IsEmpty || route.Links.All(other => other == link || IsDead(net.Find(other), route.To.Value.Is6))));

    /// <summary>RTNH_F_DEAD: its link is down, or speaks the family no more.</summary>
    private static bool IsDead(Device? device, bool is6) => device is not { Up: true } || (is6 ? device.Ipv6 != true : device.Addresses4.Count == 0);

    /// <summary>The link is gone: an IPv4 route goes whole (fib_sync_down_dev), an IPv6 one loses the next hops over it, each an entry of its own.</summary>
    public void Forget(string link, bool ip4 = true)
    {
        Routes.RemoveAll(route => ip4 && !route.To.Value.Is6 && route.Uses(link));
        for (var i = 0; i < Routes.Count; i++)
            if (Routes[i].To.Value.Is6 && !Routes[i].Nexthops.IsEmpty && Routes[i].Uses(link))
                Routes[i] = Routes[i].Without(link);
    }

    /// <summary>The best of the routes that an address matches and that may be used: the longest prefix, then the smallest metric.</summary>
    public Route? Lookup(IPAddress address, Func<Route, bool> may) =>
        Routes.Where(route => route.To.Value.Contains(address) && may(route))
            .OrderByDescending(route => route.To.Value.Length).ThenBy(route => route.EffectiveMetric).FirstOrDefault();
}
