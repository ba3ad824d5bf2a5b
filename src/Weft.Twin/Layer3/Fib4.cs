// IPv4 routes (net/ipv4/fib_semantics.c, fib_trie.c): a next hop must be reached by a route of link scope on the same link,
// two routes are one when table, destination and metric are.

using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Twin.Layer3;

internal static class Fib4
{
    private static readonly string[] Far = ["global", "site"];

    public static Refusal? Add(Net net, Route route, bool replaces)
    {
        var scope = Scope(route);
        var ways = new List<NextHop>();
        foreach (var way in route.Ways)
        {
            if (Check(net, route, way, scope, out var link) is { } refused)
                return refused;
            ways.Add(way with { Link = At.Nowhere(link!) });
        }
        if (route.Source is { } source && !net.Devices.Any(device => (device.RoutingTable == Route.MainTable || device.RoutingTable == route.Table) && device.Addresses4.Exists(own => own.Prefix.Address.Equals(source))))
            return Error.Of("EINVAL", "Invalid prefsrc address");

        var taken = route.Over([.. ways]) with { Link = ways[0].Link, Scope = scope, Metric = route.EffectiveMetric == 0 ? null : route.Metric, Raw = null };
        var same = net.Fib.Routes.FindIndex(there => IsSame(there, taken));
        if (same >= 0 && !replaces)
            return Error.Of("EEXIST");
        if (same >= 0)
            net.Fib.Routes[same] = taken;
        else
            net.Fib.Routes.Add(taken);
        return null;
    }

    private static string Scope(Route route) => route.Scope ?? (route.Ways.All(way => way.Via is null) ? "link" : "global");

    /// <summary>fib_check_nh: whether a next hop can be reached, and over which link.</summary>
    private static Refusal? Check(Net net, Route route, NextHop way, string scope, out string? link)
    {
        link = way.Link?.Value;
        var said = link;
        if (way.Via is { } via)
        {
            if (way.OnLink && !Far.Contains(scope))
                return Error.Of("EINVAL", "Nexthop has invalid scope");
            if (way.OnLink && link is null)
                return Error.Of("ENODEV", "Nexthop device required for onlink");
            // A host's own address is taken as a next hop, unless it is said to be on the link.
            var own = net.Devices.FirstOrDefault(device => device.Addresses4.Exists(there => there.Prefix.Address.Equals(via.Value)));
            if (way.OnLink && own is not null)
                return Error.Of("EINVAL", "Nexthop has invalid gateway");
            if (!way.OnLink)
            {
                link = own is not null && (said is null || said == own.Name) ? own.Name : Way(net, route, via.Value, said)?.Link?.Value;
                if (link is null)
                    return Error.Of("ENETUNREACH", "Nexthop has invalid gateway");
            }
            if (net.Find(link!) is not { } device)
                return Error.Of("ENODEV");
            if (!device.Up)
                return Error.Of("ENETDOWN", way.OnLink ? "Nexthop device is not up" : null);
        }
        else if (link is null || net.Find(link) is not { } device)
            return Error.Of("ENODEV");
        else if (way.OnLink)
            return Error.Of("EINVAL", "Invalid flags for nexthop - PERVASIVE and ONLINK can not be set");
        else if (!device.Up)
            return Error.Of("ENETDOWN", "Device for nexthop is not up");
        return null;
    }

    /// <summary>fib_table_delete: what the message leaves open may be anything.</summary>
    public static bool Matches(Route there, Route told) =>
        there.Table == told.Table && there.To.Value == told.To.Value && (told.EffectiveMetric == 0 || there.EffectiveMetric == told.EffectiveMetric)
        && there.Scope == Scope(told) && (told.Nexthops.IsEmpty || there.SameHops(told)) && (told.Protocol == 0 || there.Protocol == told.Protocol)
        && (told.Via is null || Equals(there.Via?.Value, told.Via.Value)) && (told.Link is null || there.Link?.Value == told.Link.Value)
        && (told.Source is null || Equals(there.Source, told.Source)) && (told.Mtu is null || there.Mtu == told.Mtu);

    private static bool IsSame(Route one, Route other) =>
        !one.To.Value.Is6 && one.Table == other.Table && one.To.Value == other.To.Value && one.EffectiveMetric == other.EffectiveMetric;

    /// <summary>
    /// The route to a next hop (fib_check_nh_v4_gw): in the route's own table first, then as the rules have it. It is of link scope and
    /// has no next hop of its own.
    /// </summary>
    private static Route? Way(Net net, Route route, System.Net.IPAddress via, string? link)
    {
        Route? In(long table) => net.Fib.Lookup(via, there => there.Table == table && there.Via is null && (link is null || there.Link?.Value == link));
        if (route.Table != Route.MainTable && In(route.Table) is { } own)
            return own;
        if (link is not null && net.Find(link)?.RoutingTable is not (null or Route.MainTable) and var vrf && In(vrf!.Value) is { } inVrf)
            return inVrf;
        foreach (var rule in net.Rules.Where(rule => !rule.Is6 && rule.From is null && rule.Mark is null && rule.Iif is null))
            if ((rule.Oif is null || rule.Oif == link) && (rule.To is null || rule.To.Contains(via)) && In(rule.Table.Value) is { } ruled)
                return ruled;
        return In(Route.MainTable);
    }
}
