// Routes: which are wanted, which of the observed ones mean the same, and which must go, come or come back.

using System.Net;
using Weft.Model;
using Weft.Text;

namespace Weft.Plan;

internal static class RoutePlan
{
    /// <summary>The file's routes and gateways as one list, each with the link that leads to its next hop.</summary>
    public static List<Route> Wanted(Host host) =>
    [
        .. host.Links.SelectMany(link => link.Gateways.Select(gateway => new Route(At.Of(IpPrefix.Everything(Is6(gateway.Value)), gateway.Place)) { Via = gateway, Link = link.Name, IsTableSaid = false })).Select(route => InItsTable(host, route)),
        .. host.Routes.Select(route => InItsTable(host, !route.Nexthops.IsEmpty ? route with { Nexthops = [.. route.Nexthops.Select(hop => hop.Link is null ? hop with { Link = host.WayOf(route, hop)?.Name } : hop)] }
            : route.Link is null ? route with { Link = host.WayOf(route, route.Ways[0])?.Name } : route)),
    ];

    /// <summary>A route over a port of a VRF, of which no table is said, is in the VRF's.</summary>
    private static Route InItsTable(Host host, Route route) =>
        host.TableOf(route) is var table && table != route.Table ? route with { Table = table } : route;

    /// <summary>Whether the kernel holds only one of the two: same table, destination and metric.</summary>
    public static bool SameKey(Route one, Route other) =>
        one.Table == other.Table && one.To.Value == other.To.Value && one.EffectiveMetric == other.EffectiveMetric
        && (!one.To.Value.Is6 || (one.Nexthops.IsEmpty && other.Nexthops.IsEmpty ? Equals(one.Via?.Value, other.Via?.Value) && one.Link?.Value == other.Link?.Value : one.SameHops(other)));

    /// <summary>Whether an observed route is what is wanted; what the wish leaves open may be anything.</summary>
    public static bool Satisfies(Route observed, Route wanted) =>
        observed.Plain && SameKey(observed, wanted)
        && Equals(observed.Via?.Value, wanted.Via?.Value) && observed.SameHops(wanted)
        && (wanted.Link is null || observed.Link?.Value == wanted.Link.Value)
        && Equals(observed.Source, wanted.Source) && observed.Mtu == wanted.Mtu && observed.OnLink == wanted.OnLink
        && (wanted.Scope is null || wanted.To.Value.Is6 || observed.Scope == wanted.Scope);

    /// <summary>Whether an observed route is what is left of a wanted one that had several next hops, after links were removed.</summary>
    public static bool IsLeftOf(Route observed, Route wanted) =>
        observed.Protocol == Route.OurProtocol && observed.Plain && wanted.Nexthops.Length > observed.Ways.Length && observed.Table == wanted.Table && observed.To.Value == wanted.To.Value
        && observed.EffectiveMetric == wanted.EffectiveMetric && observed.Ways.All(way => wanted.Nexthops.Any(hop => (way with { Weight = hop.Weight }).Satisfies(hop)));

    /// <summary>
    /// Whether a route or rule of this protocol number is an administrator's, put there by hand or by a file (RTPROT_UNSPEC, with which
    /// `ip rule add` leaves a rule; RTPROT_BOOT; RTPROT_STATIC; ours): the file's to change. Any other is a daemon's.
    /// </summary>
    public static bool IsByHand(byte protocol) => protocol is 0 or 3 or 4 or Route.OurProtocol;

    /// <summary>Who put a route there: rtm_protocol as /etc/iproute2/rt_protos names it.</summary>
    public static string Owner(Route route) => route.Protocol switch
    {
        2 => "the kernel",
        3 => "boot (somebody's `ip route add`)",
        4 => "static (an administrator or a network manager)",
        9 => "a router advertisement",
        11 => "zebra",
        12 => "bird",
        16 => "a DHCP client",
        186 => "BGP",
        188 => "OSPF",
        189 => "RIP",
        Route.OurProtocol => "Weft",
        var other => $"protocol {other}",
    };

    private static bool Is6(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
