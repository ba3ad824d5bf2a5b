// A route needs a next hop or a link; the kernel answers EINVAL ("Nexthop device required"). A next hop of the other family
// (RFC 5549) exists in the kernel and is not spoken here.

using Weft.Text;

namespace Weft.Check;

/// <summary>A route leads somewhere, in its own family.</summary>
public sealed class RouteWithoutWay() : Rule("route-without-way", Severity.Error)
{
    public override string Why => "a route is a destination and the way there: a next hop of the same family, or a link";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24, "2001:db8::5/64"]}
        routes:
          - {to: [|10.0.0.0/8|]}
          - {to: 10.0.0.0/9, via: [|"2001:db8::1"|]}
          - {to: "2001:db8:8::/48", nexthops: [{via: "2001:db8::1"}, {link: [|eth0|]}]}
          - {to: 10.0.0.0/10, via: [|192.0.2.1|], nexthops: [{via: 192.0.2.2}, {via: 192.0.2.3}]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24, "2001:db8::5/64"]}
        routes:
          - {to: 10.0.0.0/8, link: eth0}
          - {to: 10.0.0.0/9, via: 192.0.2.1}
          - {to: 10.0.0.0/10, nexthops: [{via: 192.0.2.1}, {via: 192.0.2.2, weight: 2}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var route in stack.Host.Routes)
        {
            if (!route.Nexthops.IsEmpty && (route.Via?.Place ?? route.Link?.Place) is { } both)
                yield return At(both, $"the route to {route.To} has nexthops, and a next hop beside them", "write it among the nexthops");
            foreach (var way in route.Ways)
                if (way.Via is null && (way.Link is null || (route.To.Value.Is6 && !route.Nexthops.IsEmpty)) && !route.IsUnread)
                    yield return route.Nexthops.IsEmpty ? At(route.Place, $"the route to {route.To} has neither via nor link", "add via: with a next hop, or link:")
                        : At(way.Link?.Place ?? route.Place, $"one of the nexthops of the route to {route.To} has no via", route.To.Value.Is6 ? "add via: among several next hops the kernel takes no IPv6 link alone (EINVAL)" : "add via: with a next hop, or link:");
                else if (way.Via is { } via && via.Value.AddressFamily != route.To.Value.Address.AddressFamily)
                    yield return At(via.Place, $"the route to {route.To} has the next hop {via} of the other family", $"name an IPv{(route.To.Value.Is6 ? 6 : 4)} next hop");
        }
    }
}
