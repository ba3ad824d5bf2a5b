// IPv6 addresses (net/ipv6/addrconf.c): they need a link that speaks IPv6 and are lost when it goes down (keep_addr_on_down
// is off) or stops speaking it. A route that prefers one as source stays, without the preference (rt6_remove_prefsrc).

using System.Net;
using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Layer3;

internal static class Addresses6
{
    public static Refusal? Add(Net net, Device device, IpPrefix address, Lifetime lifetime)
    {
        if (Lifetimes.Refused(lifetime) is { } refused)
            return refused;
        if (device.Ipv6 is null)
            return Error.Of("EINVAL");
        if (device.Ipv6 == false)
            return Error.Of("EACCES", "ipv6: IPv6 is disabled on this device");
        if (device.Addresses6.Find(there => there.Address.Equals(address.Address)) is { } same)
        {
            Lifetimes.Put(device, same, lifetime);
            return null;
        }
        Lifetimes.Put(device, address, lifetime);
        device.Addresses6.Insert(Place(device, address), address);
        Connected.Put(net, device, address);
        return null;
    }

    /// <summary>Before all of its scope, behind those of a larger one (ipv6_link_dev_addr).</summary>
    private static int Place(Device device, IpPrefix address) =>
        device.Addresses6.FindIndex(there => Scope(address.Address) >= Scope(there.Address)) is >= 0 and var at ? at : device.Addresses6.Count;

    /// <summary>IPV6_ADDR_SCOPE_*.</summary>
    private static int Scope(IPAddress address) => IPAddress.IsLoopback(address) ? 1 : address.IsIPv6LinkLocal ? 2 : address.IsIPv6SiteLocal ? 5 : 14;

    public static Refusal? Delete(Net net, Device device, IpPrefix address)
    {
        if (!device.Addresses6.Contains(address))
            return Error.Of("EADDRNOTAVAIL", "ipv6: address not found");
        Forget(net, device, address);
        if (!device.Addresses6.Exists(other => other.Network == address.Network))
            Connected.Drop(net, device, address);
        return null;
    }

    public static void LoseAll(Net net, Device device)
    {
        Fib.Flush(net, device.Name, ip4: false);
        foreach (var address in device.Addresses6.ToList())
            Forget(net, device, address);
    }

    /// <summary>/proc/sys/net/ipv6/conf/LINK/disable_ipv6.</summary>
    public static Refusal? Switch(Net net, Device? device, bool on)
    {
        if (device?.Ipv6 is not { } before)
            return Error.Of("EIO", "there is no such file under /proc/sys/net/ipv6/conf");
        if (before && !on)
            LoseAll(net, device);
        device.Ipv6 = on;
        return null;
    }

    private static void Forget(Net net, Device device, IpPrefix address)
    {
        device.Addresses6.Remove(address);
        device.Lifetimes.Remove(address);
        net.Kept.RemoveAll(kept => kept.Kind == KeptKind.Address && kept.Link == device.Name && kept.Address == address);
        for (var i = 0; i < net.Fib.Routes.Count; i++)
            if (net.Fib.Routes[i] is { To.Value.Is6: true, Source: { } source } route && source.Equals(address.Address) && route.Uses(device.Name))
                net.Fib.Routes[i] = route with { Source = null };
    }
}
