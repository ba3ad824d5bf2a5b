// One default route a family, table and metric. A second of the same metric is refused (EEXIST) or, written by tools that
// "replace", silently wins over the first: then the management address answers by the wrong way out. A second with another
// metric is a spare, and fine.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A host has one default gateway a family, table and metric.</summary>
public sealed class TwoDefaultGateways() : Rule("two-default-gateways", Severity.Error)
{
    public override string Why => "the kernel keeps one default route of a metric: the second is refused (EEXIST), or takes all traffic from the first";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {addresses: [198.51.100.5/24], gateway: [|198.51.100.1|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {addresses: [198.51.100.5/24]}
        routes:
          - {to: default, via: 198.51.100.1, metric: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from way in Gateways(stack.Host)
        group way by new { way.Is6, way.Table, way.Metric } into same
        let first = same.First()
        from second in same.Skip(1)
        select At(second.Place, $"a second default gateway for IPv{(same.Key.Is6 ? 6 : 4)}: the first is {first.What} (line {first.Place.Line})",
            "keep one; for a spare, or a way of its own for one network, write a route with a metric or table");

    private static IEnumerable<Way> Gateways(Host host) =>
        host.Links.SelectMany(link => link.Gateways.Select(hop => new Way(hop, host.TableOf(link.Name.Value) ?? Route.MainTable)))
            .Concat(host.Routes.Where(route => route.To.Value.IsEverything && !route.IsUnread)
                .Select(route => new Way(route.To.Value.Is6, host.TableOf(route), route.EffectiveMetric, route.Via?.ToString() ?? route.Link?.ToString() ?? "a route", route.Place)));

    private sealed record Way(bool Is6, long Table, long Metric, string What, Place Place)
    {
        public Way(At<IPAddress> hop, long table)
            : this(hop.Value.AddressFamily == AddressFamily.InterNetworkV6, table, hop.Value.AddressFamily == AddressFamily.InterNetworkV6 ? 1024 : 0, hop.ToString(), hop.Place)
        {
        }
    }
}
