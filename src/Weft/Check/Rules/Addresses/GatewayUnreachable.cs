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
        foreach (var link in stack.Host.Links.Where(link => !link.Gateways.IsEmpty && stack.MasterOf(link) is null && !link.Unread.Contains("addresses")))
        {
            var networks = new Prefixes([link]);
            foreach (var gateway in link.Gateways)
                if (Wrong(gateway.Value, networks, link.Name.Value) is { } wrong)
                    yield return At(gateway.Place, $"the gateway {gateway} {wrong}", networks.Some is { } some ? $"name a gateway inside {some}, or give {link.Name} an address in its network" : $"give {link.Name} an address in its network");
        }
        if (!stack.Host.Unread.IsEmpty || stack.Host.Links.Any(link => link.Unread.Contains("addresses")))
            yield break;
        var all = new Prefixes(stack.Host.Links);
        var byLink = new Dictionary<string, Prefixes>(StringComparer.Ordinal);
        foreach (var route in stack.Host.Routes.Where(route => !route.OnLink && route.Via?.Value.AddressFamily == route.To.Value.Address.AddressFamily))
        {
            var networks = all;
            if (route.Link is { Value: var name } && stack.Host.Find(name) is null)
                continue;
            if (route.Link is { Value: var way } && !byLink.TryGetValue(way, out networks!))
                byLink[way] = networks = new([stack.Host.Find(way)!]);
            if (Wrong(route.Via!.Value, networks, route.Link?.Value ?? "any link") is { } wrong)
                yield return At(route.Via.Place, $"the next hop {route.Via} {wrong}",
                    route.Link is null ? "name a next hop in one of the host's networks, or the link that leads there with onlink: true" : networks.Some is { } some ? $"name a next hop inside {some}, or add onlink: true" : "give the link an address in its network, or add onlink: true");
        }
    }

    /// <summary>What is wrong with this next hop; null where nothing is, or another rule says it.</summary>
    private static string? Wrong(IPAddress hop, Prefixes networks, string whose) =>
        hop.IsIPv6LinkLocal || AddressRefused.Wrong(hop) is not null ? null
        : networks.IsOwn(hop) ? "is the host's own address"
        : networks.Contain(hop) ? null : $"is in no network of {whose}";
}
