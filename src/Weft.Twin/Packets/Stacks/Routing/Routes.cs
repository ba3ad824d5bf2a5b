// What becomes of routes when addresses and links come and go (fib_add_ifaddr, fib_sync_down_dev, fib_sync_up, rt6_sync_down_dev), and how a route of the
// model becomes one that packets meet.

using Weft.Model;
using Weft.Twin.Layer3;

namespace Weft.Twin.Packets.Stacks.Routing;

internal static class Routes
{
    /// <summary>IP6_RT_PRIO_ADDRCONF.</summary>
    private const long AddressPriority = 256;

    /// <summary>An address brings its network along. Of several links in one network the one that came first is used.</summary>
    public static void Connect(Router router, IpLink link, OwnAddress own)
    {
        if (own.IsSecondary || (own.Subnet.Is4 && own.Subnet.Length == 128))
            return;
        var table = router.TableOf(link);
        var network = own.Subnet.Network;
        if (table.Find(route => route.IsConnected && route.To == network && route.Uses(link.Device)) is null)
            table.Add(new(network, own.Subnet.Is4 ? 0 : AddressPriority, [new(link, default, 1)]) { IsConnected = true, Source = own.Subnet.Is4 ? own.Address : default });
    }

    public static void Add(Stack stack, Route told)
    {
        var (router, to) = (stack.Router, Subnet.Of(told.To.Value.Network));
        var table = router.Table(told.Table);
        Way[] ways = [.. told.Ways.Select(way => Resolve(stack, told, way)).OfType<Way>()];
        if (ways.Length == 0)
            return;
        var isConnected = told.Protocol == Fib.Kernel;
        var route = new FibRoute(to, told.EffectiveMetric, ways)
        {
            IsConnected = isConnected,
            Source = told.Source is { } source ? IpAddr.Of(source) : isConnected && to.Is4 ? FirstIn(ways[0].Link, to) : default,
            Mtu = (int)(told.Mtu ?? 0),
        };
        // IPv6 routes over gateways that differ in nothing else are one with several ways (rt6_qualify_for_ecmp).
        if (!to.Is4 && route.HasGateway && table.Find(there => there.To == to && there.Metric == route.Metric && there.HasGateway) is { } sibling)
        {
            table.Remove(there => there == sibling);
            route = sibling with { Ways = [.. sibling.Ways, .. ways] };
        }
        table.Add(route);
    }

    /// <summary>The routes are these and no others, but for those of link-local networks, which the kernel makes of MACs.</summary>
    public static void Set(Stack stack, IEnumerable<Route> told)
    {
        foreach (var table in stack.Router.Tables)
            table.Remove(route => !route.IsConnected || !route.To.Address.IsLinkLocal);
        foreach (var route in told)
            Add(stack, route);
    }

    /// <summary>The address by which an IPv4 network is connected: the first of it on the link, which is no secondary.</summary>
    private static IpAddr FirstIn(IpLink link, Subnet network)
    {
        foreach (var own in link.Addresses)
            if (own.Subnet.Network == network)
                return own.Address;
        return default;
    }

    /// <summary>Over which link a way leads: that which it names, or that of its gateway's network. Over a link that carries no frames here it leads nowhere.</summary>
    private static Way? Resolve(Stack stack, Route told, NextHop way)
    {
        var gateway = way.Via is { } via ? IpAddr.Of(via.Value) : default;
        if (way.Link is { } name)
            return stack.Machine.Find(name.Value) is { } device ? new(stack.Of(device), gateway, (int)way.Weight) : null;
        foreach (var link in stack.Links)
            if (link.IsOnLink(gateway) && (told.Table == Route.MainTable || link.Domain?.Table == told.Table || link.Domain is null))
                return new(link, gateway, (int)way.Weight);
        return null;
    }

    /// <summary>The link went down: its routes go, and of a route with several ways the one over it waits for the link.</summary>
    public static void Down(Router router, IpLink link)
    {
        foreach (var table in router.Tables)
        {
            foreach (var route in table.Routes)
                if (route.Ways.Length > 1)
                    foreach (var way in route.Ways)
                        way.IsDead |= way.Link == link;
            table.Remove(route => route.Uses(link.Device) && Array.TrueForAll(route.Ways, way => way.IsDead || way.Link == link));
        }
    }

    /// <summary>The link is up: connected routes are back, at the end of those of their network, and ways that waited.</summary>
    public static void Up(Router router, IpLink link)
    {
        foreach (var table in router.Tables)
            foreach (var route in table.Routes)
                foreach (var way in route.Ways)
                    way.IsDead &= way.Link != link;
        foreach (var own in link.Addresses)
            Connect(router, link, own);
    }
}
