// One next hop twice among the nexthops of a route. IPv6 refuses the second (EEXIST, rt6_add_nexthop). IPv4 takes both and adds up their weights (fib_create_info looks for no
// equals): nothing is lost, and what a reader takes for two ways is one.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>The next hops of a route are different ones.</summary>
public sealed class NexthopTwice() : Rule("nexthop-twice", Severity.Error)
{
    public override string Why => "a next hop that gets more of the flows has a weight; twice, IPv6 refuses it, and IPv4 adds the two up, so that one router gets what looks like two routers' part";

    public override string Bad => """
        nics:
          eth0: {addresses: ["2001:db8::5/64"]}
        routes:
          - {to: "2001:db8:9::/48", nexthops: [{via: "2001:db8::1"}, {via: "2001:db8::2"}, {via: [|"2001:db8::1"|], weight: 2}]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: ["2001:db8::5/64"]}
        routes:
          - {to: "2001:db8:9::/48", nexthops: [{via: "2001:db8::1", weight: 3}, {via: "2001:db8::2"}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from route in stack.Host.Routes
        where !route.IsUnread
        from same in route.Nexthops.GroupBy(hop => (hop.Via?.ToString(), hop.Link?.Value))
        from second in same.Skip(1)
        select At(second.Via?.Place ?? second.Link?.Place ?? route.Place, $"the route to {route.To} has the next hop {(second.Via is { } via ? via.ToString() : second.Link?.ToString())} twice", "write it once, with the weight that it is to have")
            with { Severity = route.To.Value.Is6 ? Severity.Error : Severity.Warning };
}
