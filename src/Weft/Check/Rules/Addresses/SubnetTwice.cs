// One IPv4 network on two links that do not stand on one another. The kernel sends by the route that was first there, whatever address was asked
// (fib_table_lookup), and answers ARP for either address on either link (arp_ignore 0, inet_addr_onlink, net/ipv4/arp.c): one of the cables carries all, and it goes when that
// one goes. A VRF each, policy rules, or arp_ignore and arp_filter say that somebody thought of it. IPv6 answers on its own link only. Two
// with one address: address-twice. A port with an address: address-on-port.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A network is on one link.</summary>
public sealed class SubnetTwice() : Rule("subnet-twice", Severity.Warning)
{
    public override string Why => "the kernel sends to a network over one link only and answers ARP for all its addresses on both, so neighbours learn the wrong MAC and one of the cables carries everything";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
          eth1: {addresses: [[|192.0.2.6/24|]]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24, 192.0.2.6/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Sound
        where link.Addresses.Any() && stack.MasterOf(link) is null
        from address in link.Addresses
        where !address.Value.Is6 && address.Value.Length is > 0 and < 31
        group new { Link = link, Address = address } by new { address.Value.Network, Table = stack.Host.TableOf(link.Name.Value) } into same
        let first = same.OrderBy(one => !one.Link.Gateways.Any(gateway => same.Key.Network.Contains(gateway.Value))).ThenBy(one => !IsBeside(stack, one.Link, same.Key.Network)).First()
        from second in same.Where(other => other.Link != first.Link).DistinctBy(other => other.Link)
        where !second.Address.Value.Address.Equals(first.Address.Value.Address) && !IsMended(first.Link) && !IsMended(second.Link)
            && !stack.WithUppers(first.Link).Contains(second.Link) && !stack.WithUppers(second.Link).Contains(first.Link)
            && !stack.Host.Rules.Any(rule => rule.Iif == second.Link.Name.Value || rule.Oif == second.Link.Name.Value || rule.From is { } source && (same.Key.Network.Contains(source.Address) || source.Contains(second.Address.Value.Address)))
        select At(second.Address.Place, $"{second.Link.Name} is in the network {same.Key.Network} by {second.Address}, and so is {first.Link.Name} (line {first.Address.Place.Line})",
            "make one bond of the two, or put one in a VRF; where both are to stay, write arp_ignore: 1 and arp_announce: 2 on both, and rules with a table for each");

    /// <summary>Whether a switch has an address of the network where the link leads: then it is the other link that is wrong.</summary>
    private static bool IsBeside(Stack stack, Link link, IpPrefix network) => stack.Neighbourhoods.Beside(link).Any(other => network.Contains(other.Address.Value.Address));

    private static bool IsMended(Link link) => link.Settings.Number(ConfLines.ArpIgnore) > 0 || link.Settings.Flag(ConfLines.ArpFilter) == true;
}
