// The same address on two links. The kernel takes both, and then answers ARP for it on either (arp_ignore 0), with the MAC
// of whichever was asked: neighbours flip between the two.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>An address stands on one link.</summary>
public sealed class AddressTwice() : Rule("address-twice", Severity.Error)
{
    public override string Why => "the kernel takes both, and neighbours then learn now the one link's MAC and now the other's";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
          eth1: {addresses: [[|192.0.2.5/25|]]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24]}
          eth1: {addresses: [198.51.100.5/24]}
          eth2: {addresses: [203.0.113.5/32]}
        bridges:
          br0: {addresses: [203.0.113.5/32]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        from address in link.Addresses
        where !address.Value.Address.IsIPv6LinkLocal
        group new { link, address } by new { address.Value.Address, Table = stack.Host.TableOf(link.Name.Value) } into same
        let first = same.First()
        from second in same.Skip(1)
        where second.link.Name.Value != first.link.Name.Value && !IsBorrowed(first.link, first.address.Value, second.link, second.address.Value)
        select At(second.address.Place, $"{second.link.Name} has the address {same.Key.Address}, and so has {first.link.Name} (line {first.address.Place.Line})", "give one of the two another address");

    /// <summary>
    /// Whether one link borrows the other's address (`ip unnumbered` of routers): neither has a network by it, so that routes say who is where, as on a
    /// routed host whose guests have its own address for their gateway. Two dummies lend each other nothing.
    /// </summary>
    private static bool IsBorrowed(Link one, IpPrefix own, Link other, IpPrefix same) =>
        IsAlone(own) && IsAlone(same) && !(one.Kind == LinkKind.Dummy && other.Kind == LinkKind.Dummy);

    private static bool IsAlone(IpPrefix prefix) => prefix.Length == (prefix.Is6 ? 128 : 32);
}
