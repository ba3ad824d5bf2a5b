// Who is beside whom, each works out for itself from its own address and length (RFC 1122 3.3.1.1): the one with the longer prefix sends to a router what the
// other one looks for by ARP, and whose broadcast address is another's hears none of its. It works by halves, and for some neighbours only.

using System.Net;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A network has one length for all who are in it.</summary>
public sealed class PrefixLengthsDiffer() : Rule("prefix-lengths-differ", Severity.Warning)
{
    public override string Why => "each works out from its own length who is beside it: where lengths differ, one asks a router for a neighbour, or by ARP for somebody who is not there";

    public override string Bad => """
        nics: {eth0: {}, eth1: {addresses: [[|198.51.100.5/25|]]}}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [[|192.0.2.21/25|]]}]}
          web2: {nics: [{bridge: br0, addresses: [192.0.2.22/24]}]}
        cabling:
          eth1: {switch: sw, port: "1", native: 7}
        switches:
          sw: {addresses: {7: 198.51.100.1/24}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {addresses: [198.51.100.5/24]}}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [192.0.2.21/24, 192.0.2.23/32]}]}
          web2: {nics: [{bridge: br0, addresses: [192.0.2.22/24]}]}
        cabling:
          eth1: {switch: sw, port: "1", native: 7}
        switches:
          sw: {addresses: {7: 198.51.100.1/24}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!stack.Host.Cables.Any() && !stack.Host.Guests.Any())
            return [];
        var hops = stack.Host.Links.SelectMany(link => link.Gateways.Select(hop => hop.Value)).Concat(stack.Host.Routes.SelectMany(route => route.Ways).Where(way => way.Via is not null).Select(way => way.Via!.Value)).ToHashSet();
        var pairs = stack.Neighbourhoods.All().SelectMany(Pairs).ToList();
        // A switch that is wrong in one place is wrong in all where it is heard: then nobody else is.
        var odd = pairs.Where(pair => pair.Odd.Link is null).Select(pair => pair.Odd.Address.Place).ToHashSet();
        return
            from pair in pairs
            where !odd.Contains(pair.Most.Address.Place) && !IsTold(pair, hops)
            group pair by pair.Odd.Address.Place into same
            let one = same.First()
            select At(same.Key, $"{one.Odd.Owner} has the address {one.Odd.Address}, and {one.Most.Owner} has {one.Most.Address} beside it (line {one.Most.Address.Place.Line})",
                $"write {one.Odd.Address.Value.Address}/{one.Most.Address.Value.Length}, or the other length at all of the network");
    }

    /// <summary>An address, and another of the same network in the length that most have.</summary>
    private sealed record Pair(Neighbour Odd, Neighbour Most);

    private static IEnumerable<Pair> Pairs(IReadOnlyList<Neighbour> all)
    {
        var networks = all.Where(one => IsNetwork(one.Address.Value)).GroupBy(one => one.Address.Value.Network).ToDictionary(same => same.Key, same => same.ToList());
        var lengths = networks.Keys.Select(network => network.Length).Distinct().ToList();
        foreach (var (network, inner) in networks)
            foreach (var length in lengths.Where(length => length < network.Length))
                if (networks.TryGetValue(new IpPrefix(network.Address, length).Network, out var outer))
                {
                    // Of as many, the switch is right, then the host: they come first.
                    var isInner = inner.Count != outer.Count ? inner.Count < outer.Count : IndexOf(all, inner[0]) > IndexOf(all, outer[0]);
                    var most = isInner ? outer : inner;
                    var taken = most.Select(other => other.Address.Value.Address).ToHashSet();
                    // One address of two is address-taken.
                    foreach (var odd in (isInner ? inner : outer).Where(odd => !taken.Contains(odd.Address.Value.Address)))
                        if (most.Find(other => other.Owner != odd.Owner) is { } other)
                            yield return new(odd, other);
                }
    }

    private static int IndexOf(IReadOnlyList<Neighbour> all, Neighbour one) => Enumerable.Range(0, all.Count).First(at => all[at] == one);

    /// <summary>An address without a network, or on everybody's link, is beside nobody by its length.</summary>
    private static bool IsNetwork(IpPrefix address) => address.Length > 0 && address.Length < (address.Is6 ? 128 : 32) && !address.Address.IsIPv6LinkLocal && NoHost.Wrong(address.Address) is null;

    /// <summary>A next hop that the length leaves outside is gateway-unreachable.</summary>
    private static bool IsTold(Pair pair, HashSet<IPAddress> hops) =>
        pair.Odd.Link is not null && hops.Any(hop => pair.Most.Address.Value.Contains(hop) && !pair.Odd.Address.Value.Contains(hop));
}
