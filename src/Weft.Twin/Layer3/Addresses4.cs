// IPv4 addresses (net/ipv4/devinet.c): of several in one network of a link, the first is the primary and the others are
// secondaries; they go when it goes. With the last address of a link all its IPv4 routes go (fib_disable_ip) but those over nexthop objects, and with any
// address the routes of the main table that prefer it as source (fib_sync_down_addr).

using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Layer3;

internal static class Addresses4
{
    public static Refusal? Add(Net net, Device device, IpPrefix address, Lifetime lifetime)
    {
        if (Lifetimes.Refused(lifetime) is { } refused)
            return refused;
        // Of one that is there forever the kernel keeps no time, only whether it is deprecated (set_ifa_lifetime).
        Lifetimes.Put(device, address, lifetime is { Valid: null, Preferred: not 0 } ? Lifetime.Forever : lifetime);
        if (device.Addresses4.Exists(there => there.Prefix == address))
            return null; // Told to replace, the kernel gives one that is there its times, and leaves it where it is.
        var secondary = device.Addresses4.Exists(there => Together(there.Prefix, address));
        device.Addresses4.Insert(secondary ? device.Addresses4.Count : device.Addresses4.FindLastIndex(there => !there.Secondary) + 1, new(address) { Secondary = secondary });
        if (!secondary)
            Connected.Put(net, device, address);
        return null;
    }

    public static Refusal? Delete(Net net, Device device, IpPrefix address)
    {
        // The message names the address and not its length: the first of several lengths goes.
        if (device.Addresses4.Find(there => there.Prefix.Address.Equals(address.Address)) is not { } gone)
            return Error.Of("EADDRNOTAVAIL", "ipv4: Address not found");
        var others = gone.Secondary ? [] : device.Addresses4.Where(there => there.Secondary && Together(there.Prefix, gone.Prefix)).ToList();
        if (net.PromotesSecondaries && others is [var heir, ..])
        {
            Promote(device, gone, heir);
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

    /// <summary>
    /// The heir comes to stand behind the last of the primaries that follow the one that goes; where none does, the kernel's search has begun, and
    /// ends, with the first address of all (__inet_del_ifa). One that is next to the one that goes stays where it is.
    /// </summary>
    private static void Promote(Device device, Address4 gone, Address4 heir)
    {
        var all = device.Addresses4;
        var (at, from) = (all.IndexOf(heir), all.IndexOf(gone));
        var behind = all[Math.Max(all.FindLastIndex(there => !there.Secondary), from)] is var last && last != gone ? last : all[0];
        all[at] = heir = heir with { Secondary = false };
        if (at == from + 1)
            return;
        all.Remove(heir);
        all.Insert(all.IndexOf(behind) + 1, heir);
    }

    private static void Forget(Net net, Device device, Address4 address)
    {
        device.Addresses4.Remove(address);
        device.Lifetimes.Remove(address.Prefix);
        net.Kept.RemoveAll(kept => kept.Kind == KeptKind.Address && kept.Link == device.Name && kept.Address == address.Prefix);
        var local = address.Prefix.Address;
        if (!net.Devices.Any(other => other.Addresses4.Exists(there => there.Prefix.Address.Equals(local))))
            net.Fib.Routes.RemoveAll(route => !route.To.Value.Is6 && route.Table == device.RoutingTable && Equals(route.Source, local));
    }

    private static bool Together(IpPrefix one, IpPrefix other) => one.Length == other.Length && one.Network == other.Network;
}
