// A port comes to a VRF and leaves it (do_vrf_add_slave, do_vrf_del_slave): it goes down and comes up again, by which its addresses
// and connected routes move to the VRF's table; IPv6 addresses and every other route are lost on the way.

using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Links;

internal static class VrfJoin
{
    public static Refusal? Add(Net net, Device port, Device vrf)
    {
        if (port.Is(LinkKind.Vrf))
            return Error.Of("EINVAL", "Can not enslave an L3 master device to a VRF.");
        if (port.Kind == LinkKind.Loopback)
            return Error.Of("EOPNOTSUPP");
        if (Joining.MayStand(vrf, port) is { } circle)
            return circle;
        port.Master = vrf;
        vrf.Ports.Add(port);
        Cycle(net, port);
        return null;
    }

    public static void Remove(Net net, Device port, Device vrf)
    {
        vrf.Ports.Remove(port);
        port.Master = null;
        Cycle(net, port);
    }

    private static void Cycle(Net net, Device port)
    {
        Layer3.Addresses6.LoseAll(net, port); // NETDEV_CHANGEUPPER, of a port that is down too.
        if (!port.Up)
            return;
        Admin.Close(net, port);
        Admin.Open(net, port);
    }
}
