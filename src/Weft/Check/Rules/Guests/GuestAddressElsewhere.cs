// A host asks by ARP for what is in its own network and sends the rest to its gateway; of an address of another network the ones beside it
// neither answer nor know. What the file knows of a network are the addresses that host and switches have in it; where that is none, there is nothing to compare with.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A guest's address is of the network that it plugs into.</summary>
public sealed class GuestAddressElsewhere() : Rule("guest-address-elsewhere", Severity.Warning)
{
    public override string Why => "whoever is beside the guest has an address of another network, and so neither looks for it there nor answers it";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [[|192.0.3.21/24|]]}]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [192.0.2.21/24]}]}
          web2: {nics: [{bridge: br0, addresses: [203.0.113.9/32, 198.51.100.9/29]}]}
        routes:
          - {to: 198.51.100.8/29, link: br0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from guest in stack.Host.Guests
        from nic in guest.Nics
        where !nic.Addresses.IsEmpty
        let socket = stack.Neighbourhoods.Of(nic)
        where socket is not null && !socket.Bridge.Unread.Contains("addresses")
        let beside = stack.Neighbourhoods.Beside(socket)
        from address in nic.Addresses
        where !address.Value.Address.IsIPv6LinkLocal && NoHost.Wrong(address.Value.Address) is null
        let known = beside.Where(other => other.Address.Value.Is6 == address.Value.Is6 && !other.Address.Value.Address.IsIPv6LinkLocal).ToList()
        where known.Count > 0 && !known.Exists(other => other.Address.Value.Contains(address.Value.Address) || IsWider(address.Value, other.Address.Value)) && !IsRouted(stack.Host, socket.Bridge, address.Value)
        select At(address.Place, $"{guest.Name} has the address {address} on {nic.Bridge}, where {known[0].Owner} has {known[0].Address} (line {known[0].Address.Place.Line})",
            $"write an address in {known[0].Address.Value.Network}, or plug it into the network that it is of");

    /// <summary>One network in two lengths is prefix-lengths-differ.</summary>
    private static bool IsWider(IpPrefix address, IpPrefix other) => other.Length < (other.Is6 ? 128 : 32) && address.Length < other.Length && address.Contains(other.Address);

    /// <summary>Whether routes and not networks lead to the guest: its address is of no network, or the host has a route to it over this bridge.</summary>
    private static bool IsRouted(Host host, Link bridge, IpPrefix address) =>
        address.Length == (address.Is6 ? 128 : 32) || host.Routes.Any(route => !route.To.Value.IsEverything && route.To.Value.Is6 == address.Is6 && route.To.Value.Contains(address.Address) && route.Ways.Any(way => host.WayOf(route, way) == bridge));
}
