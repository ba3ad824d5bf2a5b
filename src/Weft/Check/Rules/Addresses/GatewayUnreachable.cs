// A next hop must be in a network that the host is itself in: the kernel answers "Nexthop has invalid gateway" (ENETUNREACH,
// fib_check_nh). IPv6 link-local next hops are reachable over any link; `onlink` says that the file knows better.

using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
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
        // A next hop of several routes is one mistake, and mostly that of the address which should be in its network.
        var told = new HashSet<IPAddress>();
        foreach (var link in stack.Host.Links.Where(link => !link.Gateways.IsEmpty && stack.MasterOf(link) is null && !link.Unread.Contains("addresses")))
        {
            var networks = new Prefixes([link]);
            foreach (var gateway in link.Gateways)
                if (Wrong(gateway.Value, networks, link.Name.Value) is { } wrong)
                {
                    told.Add(gateway.Value);
                    yield return At(gateway.Place, $"the gateway {gateway} {wrong}", networks.Some is { } some ? $"name a gateway inside {some}, or give {link.Name} an address in its network"
                        : $"give {link.Name} an address in its network{(link.Settings.Flag(gateway.Value.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? ClientLines.Dhcp4 : ClientLines.Ra) == true ? ", or remove the gateway, for the lease brings one" : "")}");
                }
        }
        if (!stack.Host.Unread.IsEmpty || stack.Host.Links.Any(link => link.Unread.Contains("addresses")))
            yield break;
        var all = new Prefixes(stack.Host.Links);
        var byLink = new Dictionary<string, Prefixes>(StringComparer.Ordinal);
        foreach (var way in stack.Host.Routes.SelectMany(route => route.Ways.Where(way => !way.OnLink && way.Via?.Value.AddressFamily == route.To.Value.Address.AddressFamily)))
        {
            var networks = all;
            if (way.Link is { Value: var name } && stack.Host.Find(name) is null)
                continue;
            if (way.Link is { Value: var over } && !byLink.TryGetValue(over, out networks!))
                byLink[over] = networks = new([stack.Host.Find(over)!]);
            if (Wrong(way.Via!.Value, networks, way.Link?.Value ?? "any link") is { } wrong && (networks.IsOwn(way.Via.Value) || told.Add(way.Via.Value)))
                yield return At(way.Via.Place, $"the next hop {way.Via} {wrong}",
                    way.Link is null ? "name a next hop in one of the host's networks, or the link that leads there with onlink: true" : networks.Some is { } some ? $"name a next hop inside {some}, or add onlink: true" : "give the link an address in its network, or add onlink: true");
        }
    }

    /// <summary>What is wrong with this next hop; null where nothing is, or another rule says it.</summary>
    private static string? Wrong(IPAddress hop, Prefixes networks, string whose) =>
        hop.IsIPv6LinkLocal || NoHost.Wrong(hop) is not null ? null
        : networks.IsOwn(hop) ? "is the host's own address"
        : networks.Contain(hop) ? null : $"is in no network of {whose}";
}
