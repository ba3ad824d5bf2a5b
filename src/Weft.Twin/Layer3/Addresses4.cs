// IPv4 addresses (net/ipv4/devinet.c): of several in one network of a link, the first is the primary and the others are
// secondaries; they go when it goes. With the last address of a link all its IPv4 routes go (fib_disable_ip) but those over nexthop objects, and with any
// address the routes of the main table that prefer it as source (fib_sync_down_addr).

using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Layer3;

internal static class Addresses4
{
    public static void Add(Net net, Device device, IpPrefix address)
    {
        if (device.Addresses4.Exists(there => there.Prefix == address))
            return; // Told to replace, the kernel leaves one that is there as it is.
        var secondary = device.Addresses4.Exists(there => Together(there.Prefix, address));
        device.Addresses4.Insert(secondary ? device.Addresses4.Count : device.Addresses4.FindLastIndex(there => !there.Secondary) + 1, new(address) { Secondary = secondary });
        if (!secondary)
            Connected.Put(net, device, address);
    }

    public static Refusal? Delete(Net net, Device device, IpPrefix address)
    {
        // The message names the address and not its length: the first of several lengths goes.
        if (device.Addresses4.Find(there => there.Prefix.Address.Equals(address.Address)) is not { } gone)
            return Error.Of("EADDRNOTAVAIL", "ipv4: Address not found");
        var others = gone.Secondary ? [] : device.Addresses4.Where(there => there.Secondary && Together(there.Prefix, gone.Prefix)).ToList();
        if (net.PromotesSecondaries && others is [var heir, ..])
        {
            device.Addresses4[device.Addresses4.IndexOf(heir)] = heir with { Secondary = false };
            Forget(net, device, gone);
            return null;
        }
        foreach (var other in others)
            Forget(net, device, other);
        Forget(net, device, gone);
        if (!gone.Secondary)
            Connected.Drop(net, device, gone.Prefix);
        if (device.Addresses4.Count == 0)
            Fib.Flush(net, device.Name, ip6: false, objects: false);
        return null;
    }

    private static void Forget(Net net, Device device, Address4 address)
    {
        device.Addresses4.Remove(address);
        net.Kept.RemoveAll(kept => kept.Kind == KeptKind.Address && kept.Link == device.Name && kept.Address == address.Prefix);
        var local = address.Prefix.Address;
        if (!net.Devices.Any(other => other.Addresses4.Exists(there => there.Prefix.Address.Equals(local))))
            net.Fib.Routes.RemoveAll(route => !route.To.Value.Is6 && route.Table == device.RoutingTable && Equals(route.Source, local));
    }

    private static bool Together(IpPrefix one, IpPrefix other) => one.Length == other.Length && one.Network == other.Network;
}
