// Where the ARP monitor's questions go (bond_arp_send_all, bond_ns_send_all; drivers/net/bonding/bond_main.c; measured on 6.1, IPv6 too). The kernel looks among the
// routes of the main table that need no next hop: the networks of the host's addresses, and routes without `via`. The link that it finds is the bond or
// stands on it: then the question has the tags of the VLANs between and an address of that link for its sender. It is another link: nobody is asked. There is
// none: the question goes untagged and from 0.0.0.0. (For IPv6 it would find a default route too, but behind a router nobody answers such a question.)

using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A target of an ARP monitor that runs, and the way to it.</summary>
/// <param name="Over">The links in whose network it is; of several networks the one with the longest prefix. Empty where there is none.</param>
/// <param name="Is">What comes of the question.</param>
internal sealed record Question(Link Bond, Place Place, IPAddress Target, IReadOnlyList<Link> Over, Way Is);

/// <summary>Where a question goes: to the host itself, over the bond, nowhere since the way is another link's, or out without a sender.</summary>
internal enum Way
{
    Own,
    Over,
    Elsewhere,
    Senderless,
}

internal static class Asking
{
    /// <summary>Every target of which a rule may judge: what a finding has refused, or who leases addresses, may be anywhere.</summary>
    public static IEnumerable<Question> Of(Stack stack)
    {
        var host = stack.Host;
        var bonds = stack.Bonds.Where(bond => !stack.InCycle.Contains(bond.Name.Value) && Bonding.ArpInterval(bond) > 0 && Bonding.Miimon(bond) == 0).ToList();
        if (bonds.Count == 0 || !host.Unread.IsEmpty || host.Links.Any(link => link.Unread.Contains("addresses")))
            yield break;
        var (networks, lengths, own) = (Networks(host), new HashSet<int>(), host.Links.SelectMany(link => link.Addresses).Select(address => address.Value.Address).ToHashSet());
        lengths.UnionWith(networks.Keys.Select(network => network.Length));
        var longestFirst = lengths.OrderDescending().ToList();
        foreach (var bond in bonds)
        {
            var above = stack.WithUppers(bond);
            var names = above.Select(link => link.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var target in Bonding.Targets(bond).SelectMany(targets => targets.List))
                if (target.Value is Value.Word { Text: var text } && IPAddress.TryParse(text, out var asked) && NoHost.Wrong(asked) is null && !asked.IsIPv6LinkLocal)
                {
                    var over = Over(networks, longestFirst, asked);
                    var way = own.Contains(asked) ? Way.Own
                        : over.Any(link => names.Contains(link.Name.Value)) ? Way.Over
                        : over.Count > 0 ? Way.Elsewhere : Way.Senderless;
                    // A gateway that is in no network of its link is an error of its own (gateway-unreachable).
                    if (way is Way.Own or Way.Over || !above.Any(link => Bonding.IsLeased(link) || link.Gateways.Any(gateway => gateway.Value.Equals(asked))))
                        yield return new(bond, target.Place, asked, over, way);
                }
        }
    }

    private static List<Link> Over(Dictionary<IpPrefix, List<Link>> networks, List<int> longestFirst, IPAddress asked)
    {
        var bits = asked.GetAddressBytes().Length * 8;
        foreach (var length in longestFirst)
            if (length <= bits && networks.TryGetValue(new IpPrefix(asked, length).Network, out var links))
                return links;
        return [];
    }

    /// <summary>The networks of the main table that need no next hop, and whose they are. What is in a VRF is in its table, where no monitor looks.</summary>
    private static Dictionary<IpPrefix, List<Link>> Networks(Host host)
    {
        var networks = new Dictionary<IpPrefix, List<Link>>();
        foreach (var link in host.Links.Where(link => !link.Addresses.IsEmpty && host.TableOf(link.Name.Value) is (null or Route.MainTable)))
            foreach (var address in link.Addresses)
                Add(address.Value.Network, link);
        foreach (var route in host.Routes)
            foreach (var way in route.Ways)
                if (way.Via is null && way.Link is { } name && host.Find(name.Value) is { } link && host.TableOf(route) == Route.MainTable)
                    Add(route.To.Value, link);
        return networks;

        void Add(IpPrefix network, Link link)
        {
            if (!networks.TryGetValue(network, out var links))
                networks[network] = links = [];
            links.Add(link);
        }
    }
}
