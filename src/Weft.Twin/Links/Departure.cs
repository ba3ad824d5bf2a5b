// A link goes (unregister_netdevice): it is closed first, then everything that stands on it goes, then it leaves its master
// and lets its ports go. Routes, addresses and everything kept on it go along; policy rules that name it stay.

using Weft.Model;
using Weft.Twin.Bonding;
using Weft.Twin.Bridging;
using Weft.Twin.Layer3;

namespace Weft.Twin.Links;

internal static class Departure
{
    public static void Go(Net net, Device device)
    {
        Admin.Close(net, device);
        foreach (var tag in device.Tags.ToList())
            Go(net, tag);
        net.Fib.Forget(device.Name);
        Addresses6.LoseAll(net, device);
        net.Lose(kept => kept.Link == device.Name || kept.Upper == device.Name);
        net.Leave(device);
        Joining.Leave(net, device);
        if (device is { IsPassthru: true, Lower: { } whole } && whole.Mac != device.LowerMac)
            Macs.Set(net, whole, device.LowerMac); // macvlan_port_destroy.
        foreach (var port in device.Ports.ToList())
            if (device.Is(LinkKind.Bond))
                BondJoin.Let(net, port, device, goesItself: true);
            else if (device.Is(LinkKind.Bridge))
                BridgeJoin.Remove(net, port, device);
            else
                VrfJoin.Remove(net, port, device);
        if (device.Peer is { } peer && net.Find(peer.Name) == peer)
            Go(net, peer); // veth_dellink.
    }
}
