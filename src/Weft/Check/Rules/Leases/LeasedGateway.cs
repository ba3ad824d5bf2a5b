// A lease brings a default route. Beside a gateway of the file, or another lease, the host has two, and which one its traffic leaves
// by is a matter of metrics that nobody chose: answers of the management address go out by the guests' network, and are dropped
// there. With a metric of its own one is the spare of the other, and fine.

using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One default gateway a family comes without a metric, be it leased or said.</summary>
public sealed class LeasedGateway() : Rule("leased-gateway", Severity.Error)
{
    public override string Why => "DHCP and router advertisements bring a default route: beside another one the metrics decide, which nobody chose, and answers leave by the wrong way";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {dhcp4: [|true|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {dhcp4: true, dhcp_routes: false}
        """;

    private static readonly bool[] Families = [false, true];

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from is6 in Families
        let said = Said(stack.Host, is6).ToList()
        let leased = Leased(stack, is6).ToList()
        from at in Enumerable.Range(0, leased.Count)
        let second = leased[at]
        let first = said.Concat(leased.Take(at)).FirstOrDefault(other => other.Metric == second.Metric || (second.Metric is null && other.IsSaid))
        where first is not null
        select At(second.Place, $"{second.What} brings a second default gateway for IPv{(is6 ? 6 : 4)}: the first is {first.What} (line {first.Place.Line})",
            first.IsSaid ? $"say dhcp_routes: false on {second.Link}, or remove the gateway in line {first.Place.Line}; or give {second.Link} a dhcp_metric, and it is the spare"
                : $"say dhcp_routes: false on {second.Link} or {first.Link} (line {first.Place.Line}), or give one a dhcp_metric, and it is the spare");

    /// <summary>A default route; a null metric is what the client makes up.</summary>
    private sealed record Way(string Link, string What, long? Metric, bool IsSaid, Place Place);

    /// <summary>A next hop that the kernel refuses is gateway-unreachable, and brings no default route.</summary>
    private static IEnumerable<Way> Said(Host host, bool is6)
    {
        var all = new Prefixes(host.Links);
        return host.Links.Where(link => !link.Gateways.IsEmpty && host.TableOf(link.Name.Value) is null or Route.MainTable)
            .SelectMany(link => link.Gateways.Where(hop => hop.Value.AddressFamily == AddressFamily.InterNetworkV6 == is6 && new Prefixes([link]).Reach(hop.Value)).Select(hop => new Way(link.Name.Value, hop.ToString(), is6 ? 1024 : 0, true, hop.Place)))
            .Concat(host.Routes.Where(route => route.To.Value.IsEverything && route.To.Value.Is6 == is6 && host.TableOf(route) == Route.MainTable && !route.IsUnread && route.Ways.All(way => way.Via is null || way.OnLink || all.Reach(way.Via.Value)))
                .Select(route => new Way(route.Link?.Value ?? "", route.Via?.ToString() ?? route.Link?.ToString() ?? "a route", route.EffectiveMetric, route.Metric is null, route.Place)));
    }

    private static IEnumerable<Way> Leased(Stack stack, bool is6) =>
        from link in stack.Host.Links
        let line = is6 ? ClientLines.Ra : ClientLines.Dhcp4
        where link.Settings.Flag(line) == true && link.Settings.Flag(ClientLines.Routes) != false && stack.MasterOf(link) is null
        // A lease in a VRF is lease-in-vrf.
        where stack.Host.TableOf(link.Name.Value) is null or Route.MainTable
        select new Way(link.Name.Value, $"{line} of {link.Name}", link.Settings.Number(ClientLines.Metric), false, link.Settings.PlaceOf(line));
}
