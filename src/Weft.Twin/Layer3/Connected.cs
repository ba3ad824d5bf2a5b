// Connected routes (fib_add_ifaddr, addrconf_prefix_route): what an address brings along on a link that is up. They come back
// when the link does, because its IPv4 addresses stayed.

using Weft.Model;
using Weft.Text;

namespace Weft.Twin.Layer3;

internal static class Connected
{
    /// <summary>IP6_RT_PRIO_ADDRCONF.</summary>
    private const long AddressPriority = 256;

    public static void Appear(Net net, Device device)
    {
        foreach (var address in device.Addresses4.Where(address => !address.Secondary))
            Put(net, device, address.Prefix);
        foreach (var address in device.Addresses6)
            Put(net, device, address);
    }

    public static void Put(Net net, Device device, IpPrefix address)
    {
        if (!device.Up || (!address.Is6 && address.Length == 32) || net.Fib.Routes.Exists(route => Is(route, device, address)))
            return;
        net.Fib.Routes.Add(new Route(At.Nowhere(address.Network))
        {
            Link = At.Nowhere(device.Name),
            Table = device.RoutingTable,
            Metric = address.Is6 ? At.Nowhere(AddressPriority) : null,
            Scope = address.Is6 ? "global" : "link",
            Protocol = Fib.Kernel,
        });
    }

    public static void Drop(Net net, Device device, IpPrefix address) => net.Fib.Routes.RemoveAll(route => Is(route, device, address));

    private static bool Is(Route route, Device device, IpPrefix address) =>
        route.Protocol == Fib.Kernel && route.Link?.Value == device.Name && route.To.Value == address.Network;
}
