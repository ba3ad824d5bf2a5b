// One next hop twice among the nexthops of a route. IPv6 refuses the second (EEXIST, rt6_add_nexthop); IPv4 takes both and counts them as
// two, which is what a weight says.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>The next hops of a route are different ones.</summary>
public sealed class NexthopTwice() : Rule("nexthop-twice", Severity.Error)
{
    public override string Why => "a next hop that gets more of the flows has a weight; twice, the kernel refuses it (IPv6) or keeps two that look the same (IPv4)";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, nexthops: [{via: 192.0.2.1}, {via: 192.0.2.2}, {via: [|192.0.2.1|], weight: 2}]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, nexthops: [{via: 192.0.2.1, weight: 3}, {via: 192.0.2.2}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from route in stack.Host.Routes
        where !route.IsUnread
        from same in route.Nexthops.GroupBy(hop => (hop.Via?.ToString(), hop.Link?.Value))
        from second in same.Skip(1)
        select At(second.Via?.Place ?? second.Link?.Place ?? route.Place, $"the route to {route.To} has the next hop {(second.Via is { } via ? via.ToString() : second.Link?.ToString())} twice", "write it once, with the weight that it is to have");
}
