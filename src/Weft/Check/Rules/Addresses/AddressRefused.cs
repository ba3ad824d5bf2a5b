// Addresses that no host can have: the network's own, its broadcast, multicast, unspecified, and loopback, which is
// lo's, and lo is in no file (`name-taken`). Some of them the kernel takes (a broadcast address, for one) and the host is then deaf under it.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Only unicast addresses of hosts.</summary>
public sealed class AddressRefused() : Rule("address-refused", Severity.Error)
{
    public override string Why => "such an address names a network, a group or nobody; a host under it is never answered, and the kernel refuses most of them";

    public override string Bad => """
        nics:
          eth0: {addresses: [[|192.0.2.0/24|], [|198.51.100.255/24|], [|"ff02::1/64"|]]}
          eth1: {addresses: [[|127.0.0.5/8|]], gateway: [|224.0.0.1|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.0/31, 198.51.100.254/24, "2001:db8::1/64"]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Host.Links)
        {
            foreach (var address in link.Addresses)
                if (Wrong(address.Value) is { } wrong)
                    yield return RefuseOwn(address.Place, $"{link.Name} cannot have the address {address}: {wrong}");
            foreach (var gateway in link.Gateways)
                if (NoHost.Wrong(gateway.Value) is { } wrong)
                    yield return Refuse(gateway.Place, $"{gateway} cannot be {link.Name}'s gateway: {wrong}");
            foreach (var target in Bonding.Targets(link).SelectMany(targets => targets.List))
                if (target.Value is Value.Word { Text: var text } && IPAddress.TryParse(text, out var asked) && NoHost.Wrong(asked) is { } wrong)
                    yield return Refuse(target.Place, $"{text} cannot be asked by the ARP monitor of {link.Name}: {wrong}");
        }
        foreach (var route in stack.Host.Routes)
            foreach (var via in route.Ways.Select(way => way.Via).OfType<At<IPAddress>>())
                if (NoHost.Wrong(via.Value) is { } wrong)
                    yield return Refuse(via.Place, $"{via} cannot be a next hop: {wrong}");
        foreach (var (owner, address) in Around(stack.Host))
            if (Wrong(address.Value) is { } wrong)
                yield return RefuseOwn(address.Place, $"{owner} cannot have the address {address}: {wrong}");
    }

    private static string? Wrong(IpPrefix prefix) =>
        NoHost.Wrong(prefix.Address)
        ?? (IPAddress.IsLoopback(prefix.Address) ? "loopback addresses belong to lo"
        : prefix.Is6 || prefix.Length >= 31 ? null
        : prefix.Address.Equals(prefix.Network.Address) ? $"it is the network {prefix.Network} itself"
        : IsBroadcast(prefix) ? $"it is the broadcast address of {prefix.Network}" : null);

    private static bool IsBroadcast(IpPrefix prefix)
    {
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(prefix.Address.GetAddressBytes());
        var hosts = uint.MaxValue >> prefix.Length;
        return (value & hosts) == hosts;
    }

    private sealed record Owned(string Owner, At<IpPrefix> Address);

    private static IEnumerable<Owned> Around(Host host) =>
        host.Guests.SelectMany(guest => guest.Nics.SelectMany(nic => nic.Addresses).Select(address => new Owned(guest.Name.Value, address)))
            .Concat(host.Switches.SelectMany(one => one.Addresses.SelectMany(svi => svi.Addresses).Select(address => new Owned(one.Name.Value, address))));

    /// <summary>A gateway, next hop or ARP target is written without a length.</summary>
    private Finding Refuse(Place place, string what) => At(place, what, "write the address of a host");

    private Finding RefuseOwn(Place place, string what) => At(place, what, "write the address of a host, with the length of its network");
}
