// Two routes of one table, destination and metric. The kernel has room for one (IPv4), or would make next hops of one route
// of them (IPv6), which `nexthops` says: one of the two would be put back at every apply. Default routes have a rule
// of their own.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>One route a table, destination and metric.</summary>
public sealed class RouteTwice() : Rule("route-twice", Severity.Error)
{
    public override string Why => "the kernel keeps one route of a table, destination and metric: each of the two would push the other out";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, via: 192.0.2.1}
          - {to: [|10.0.0.0/8|], via: 192.0.2.2}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, via: 192.0.2.1}
          - {to: 10.0.0.0/8, via: 192.0.2.2, metric: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from route in stack.Host.Routes
        where !route.To.Value.IsEverything && !route.IsUnread
        group route by new { To = route.To.Value, Table = stack.Host.TableOf(route), Metric = route.EffectiveMetric } into same
        let first = same.First()
        from second in same.Skip(1)
        select At(second.Place, $"a second route to {same.Key.To} of metric {same.Key.Metric} in table {same.Key.Table}: the first is in line {first.Place.Line}", "remove one of the two, give it another metric or table, or write one route with nexthops");
}
