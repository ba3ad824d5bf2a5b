// Routes of one table (struct fib_table), the best first: longest prefix, then smallest metric, then who came first.

using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Stacks.Routing;

/// <summary>One way of a route (struct fib_nh_common).</summary>
/// <param name="Gateway">The next hop; none where the destination is on the link.</param>
internal sealed record Way(IpLink Link, IpAddr Gateway, int Weight)
{
    /// <summary>RTNH_F_DEAD: its link went down while the route had others.</summary>
    public bool IsDead { get; set; }

    public Netdev Device => Link.Device;
}

/// <summary>A route (struct fib_alias with its fib_info, struct fib6_info).</summary>
internal sealed record FibRoute(Subnet To, long Metric, Way[] Ways)
{
    /// <summary>The address that packets are sent from; none where it is to be chosen.</summary>
    public IpAddr Source { get; init; }

    /// <summary>RTAX_MTU; 0 without.</summary>
    public int Mtu { get; init; }

    /// <summary>It came with an address, and comes back with its link.</summary>
    public bool IsConnected { get; init; }

    public bool HasGateway => !Ways[0].Gateway.IsNone;

    public bool Uses(Netdev device) => Array.Exists(Ways, way => way.Device == device);

    public override string ToString() => $"{To} {string.Join(", ", Ways.Select(way => $"{(way.Gateway.IsNone ? "" : $"via {way.Gateway} ")}dev {way.Device.Name}"))}";
}

internal sealed class RoutingTable(long number)
{
    private FibRoute[] routes = [];

    public long Number { get; } = number;

    public ReadOnlySpan<FibRoute> Routes => routes;

    public void Add(FibRoute route)
    {
        var place = Array.FindIndex(routes, there => there.To.Length < route.To.Length || (there.To.Length == route.To.Length && there.Metric > route.Metric));
        var before = place < 0 ? routes.Length : place;
        routes = [.. routes[..before], route, .. routes[before..]];
    }

    public FibRoute? Find(Predicate<FibRoute> which) => Array.Find(routes, which);

    public void Remove(Predicate<FibRoute> which) => routes = Array.FindAll(routes, there => !which(there));

    /// <summary>fib_table_lookup: the best route that has a way that can be gone.</summary>
    /// <param name="over">The link that it must leave over; null for any.</param>
    /// <param name="onLink">Whether only what needs no router will do (RT_SCOPE_LINK).</param>
    public FibRoute? Lookup(IpAddr to, Netdev? over, bool onLink, out Way way)
    {
        var is4 = to.Is4;
        foreach (var route in routes)
        {
            if (!route.To.Address.Matches(to, route.To.Length) || route.To.Is4 != is4 || (onLink && route.HasGateway))
                continue;
            foreach (var candidate in route.Ways)
                if ((over is null || candidate.Device == over) && CanGo(candidate, is4))
                {
                    way = candidate;
                    return route;
                }
        }
        way = null!;
        return null;
    }

    public static bool CanGo(Way way, bool is4) => !way.IsDead && way.Device.IsUp && (is4 || way.Link.Speaks6) && !way.Link.IsIgnored(is4);
}
