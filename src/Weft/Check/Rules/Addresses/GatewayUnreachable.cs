// A next hop must be in a network that the host is itself in: the kernel answers "Nexthop has invalid gateway" (ENETUNREACH,
// fib_check_nh). IPv6 link-local next hops are reachable over any link; `onlink` says that the file knows better.

using System.Net;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Gateways and next hops are in one of the host's networks.</summary>
public sealed class GatewayUnreachable() : Rule("gateway-unreachable", Severity.Error)
{
    public override string Why => "the kernel refuses a next hop that is in none of the link's networks (ENETUNREACH), or that is the host itself (EINVAL)";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: [|192.0.3.1|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Host.Links.Where(link => stack.MasterOf(link) is null && !link.Unread.Contains("addresses")))
            foreach (var gateway in link.Gateways)
                if (Wrong(gateway.Value, [link], link.Name.Value) is { } wrong)
                    yield return At(gateway.Place, $"the gateway {gateway} {wrong}", $"name a gateway inside {Networks([link])}, or give {link.Name} an address in its network");
        if (!stack.Host.Unread.IsEmpty || stack.Host.Links.Any(link => link.Unread.Contains("addresses")))
            yield break;
        foreach (var route in stack.Host.Routes.Where(route => !route.OnLink && route.Via?.Value.AddressFamily == route.To.Value.Address.AddressFamily))
        {
            var link = route.Link is { } name ? stack.Host.Find(name.Value) : null;
            if (route.Link is not null && link is null)
                continue;
            var links = link is null ? stack.Host.Links.AsEnumerable() : [link];
            if (Wrong(route.Via!.Value.Value, links, link is null ? "any link" : link.Name.Value) is { } wrong)
                yield return At(route.Via.Value.Place, $"the next hop {route.Via} {wrong}", link is null ? "name a next hop in one of the host's networks, or the link that leads there with onlink: true" : $"name a next hop inside {Networks(links)}, or add onlink: true");
        }
    }

    /// <summary>What is wrong with this next hop; null where nothing is, or another rule says it.</summary>
    private static string? Wrong(IPAddress hop, IEnumerable<Link> links, string whose)
    {
        if (hop.IsIPv6LinkLocal || AddressRefused.Wrong(hop) is not null)
            return null;
        var inside = links.SelectMany(link => link.Addresses).Where(address => address.Value.Contains(hop)).ToList();
        return inside.Count == 0 ? $"is in no network of {whose}"
            : inside.Any(address => address.Value.Address.Equals(hop)) ? "is the host's own address" : null;
    }

    private static string Networks(IEnumerable<Link> links)
    {
        var networks = links.SelectMany(link => link.Addresses).Select(address => address.Value.Network.ToString()).Take(4).ToList();
        return networks.Count == 0 ? "a network of the link, which has no address yet" : string.Join(", ", networks);
    }
}
