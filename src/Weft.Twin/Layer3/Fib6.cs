// IPv6 routes (net/ipv6/route.c, ip6_fib.c): the link must be up and speak IPv6, a next hop must be reached on it without
// another one. Two routes of one table, destination and metric are one to a message that excludes, and the same place to one
// that replaces, whatever their next hops.

using System.Net;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Twin.Layer3;

internal static class Fib6
{
    private static readonly IpPrefix LinkLocal = new(IPAddress.Parse("fe80::"), 64);

    public static Refusal? Add(Net net, Route route, bool replaces)
    {
        var ways = new List<NextHop>();
        foreach (var way in route.Ways)
        {
            if (!route.Nexthops.IsEmpty && way.Via is null)
                return Error.Of("EINVAL", "Device only routes can not be added for IPv6 using the multipath API.");
            if (Check(net, way, route.Table, out var link) is { } refused)
                return refused;
            ways.Add(way with { Link = At.Nowhere(link!) });
        }
        if (route.Source is { } source && !net.Devices.Any(other => other.Addresses6.Exists(own => own.Address.Equals(source))))
            return Error.Of("EINVAL", "Invalid source address");

        var taken = route.Over([.. ways]) with { Link = ways[0].Link, Scope = "global", Metric = At.Nowhere(route.EffectiveMetric), Raw = null };
        var same = net.Fib.Routes.Where(there => IsSame(there, taken)).ToList();
        if (same.Count > 0 && !replaces)
            return Error.Of("EEXIST");
        // One with a next hop takes the place of those that have one, and one without of the first without; else of the first at all.
        var places = same.Where(there => HasNextHop(there) == HasNextHop(taken)).DefaultIfEmpty(same.FirstOrDefault()).OfType<Route>().ToList();
        foreach (var old in HasNextHop(taken) ? places : places.Take(1))
            net.Fib.Routes.Remove(old);
        net.Fib.Routes.Add(taken);
        return null;
    }

    /// <summary>Whether a next hop can be reached (fib6_nh_init), and over which link.</summary>
    private static Refusal? Check(Net net, NextHop way, long table, out string? link)
    {
        link = way.Link?.Value;
        var said = link;
        if (link is not null && net.Find(link)?.Ipv6 is null)
            return Error.Of("ENODEV");
        if (way.OnLink && link is null)
            return Error.Of("ENODEV", "Nexthop device required for onlink");
        if (way.OnLink && net.Find(link!) is { Up: false })
            return Error.Of("ENETDOWN", "Nexthop device is not up");
        if (way.Via is { Value: var via })
        {
            if (net.Devices.Any(device => device.Addresses6.Exists(own => own.Address.Equals(via))))
                return Error.Of("EINVAL", "Gateway can not be a local address");
            if (via.IsIPv6LinkLocal && link is null)
                return Error.Of("EINVAL");
            if (!via.IsIPv6LinkLocal && !way.OnLink)
            {
                if (Way(net, via, table, said) is not { Via: null } leads)
                    return Error.Of("EHOSTUNREACH");
                link = leads.Link!.Value;
            }
        }
        if (link is null || net.Find(link) is not { Ipv6: not null } device)
            return Error.Of("ENODEV");
        if (device.Ipv6 == false)
            return Error.Of("EACCES", "IPv6 is disabled on nexthop device");
        if (!device.Up)
            return Error.Of("ENETDOWN", "Nexthop device is not up");
        return null;
    }

    private static bool HasNextHop(Route route) => route.Ways[0].Via is not null;

    public static bool Matches(Route there, Route told) =>
        there.Table == told.Table && there.To.Value == told.To.Value && (told.Metric is null or { Value: 0 } || there.EffectiveMetric == told.EffectiveMetric)
        && (told.Nexthops.IsEmpty || there.SameHops(told)) && (told.Protocol == 0 || there.Protocol == told.Protocol) && (told.Via is null || Equals(there.Via?.Value, told.Via.Value))
        && (told.Link is null || there.Link?.Value == told.Link.Value);

    private static bool IsSame(Route one, Route other) =>
        one.To.Value.Is6 && one.Table == other.Table && one.To.Value == other.To.Value && one.EffectiveMetric == other.EffectiveMetric;

    /// <summary>
    /// The route to a next hop (ip6_route_check_nh): the best on that link decides, and it must have no next hop itself. Only in the route's own
    /// table it is looked for whatever the carrier.
    /// </summary>
    private static Route? Way(Net net, IPAddress via, long table, string? link) =>
        net.Fib.Lookup(via, there => (link is null || there.Link?.Value == link) && (there.Table == table || !there.Links.All(over => IsPassedOver(net.Find(over))))) is { } explicitly ? explicitly
        : net.Devices.FirstOrDefault(device => device.Up && device.Ipv6 == true && device.Name == link && LinkLocal.Contains(via)) is { } local ? new Route(At.Nowhere(LinkLocal)) { Link = At.Nowhere(local.Name) }
        : null;

    /// <summary>ip6_ignore_linkdown, and no carrier: of a NIC it is there at once, of a bond or bridge with the first port that has it.</summary>
    private static bool IsPassedOver(Device? device) => device?.Conf.GetValueOrDefault(ConfLines.Ipv6IgnoreRoutesWithLinkdown) == Value.Of(true) && !Carries(device);

    private static bool Carries(Device device) =>
        device.Up && (device.Kind.SpeaksForPorts ? device.Ports.Exists(Carries) : device.Peer is { } end ? end.Up : device.Lower is not { } lower || device.Is(LinkKind.Vxlan) || Carries(lower));
}
