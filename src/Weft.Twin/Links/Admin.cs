// Up and down (dev_open, dev_close) and what follows: VLANs go with their lower link both ways, even one that was put down by
// hand comes up again (vlan_device_event); a link that goes down loses its routes and its IPv6 addresses. IPv4 addresses stay,
// and their connected routes come back. Ports do not follow their bond or bridge, nor these their ports.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Layer3;

namespace Weft.Twin.Links;

internal static class Admin
{
    public static Refusal? Open(Net net, Device device)
    {
        if (device.Up)
            return null;
        // eth_validate_addr: a VLAN on a bridge that its last port left has a MAC of zeros.
        if (!device.Is(LinkKind.Bridge) && Macs.Valid(device.Mac) is { } noMac)
            return noMac;
        if (device.Is(LinkKind.Vlan) && device.Lower is { Up: false } && !IsLoose(device))
            return Error.Of("ENETDOWN");
        if ((device.Is(LinkKind.Macvlan) && Macvlans.IsBusy(device, device.Mac)) || (device.Is(LinkKind.Vxlan) && Vxlans.IsTaken(net, device)))
            return Error.Of("EADDRINUSE");
        device.Up = true;
        if (device.Is(LinkKind.Vlan))
            Macs.Inherit(net, device);
        foreach (var tag in device.Tags.Where(Follows).ToList())
            Open(net, tag);
        Connected.Appear(net, device);
        return null;
    }

    private static bool Follows(Device tag) => tag.Is(LinkKind.Vlan) && !IsLoose(tag);

    /// <summary>VLAN_FLAG_LOOSE_BINDING.</summary>
    private static bool IsLoose(Device vlan) => vlan.Data.GetValueOrDefault(VlanLines.LooseBinding) == Value.Of(true);

    public static void Close(Net net, Device device)
    {
        if (!device.Up)
            return;
        device.Up = false;
        foreach (var tag in device.Tags.Where(Follows).ToList())
            Close(net, tag);
        Fib.Flush(net, device.Name);
        if (device.Conf.GetValueOrDefault(ConfLines.KeepAddrOnDown) != Value.Of(1))
            Addresses6.LoseAll(net, device);
        // neigh_ifdown, nexthop_flush_dev.
        net.Lose(kept => kept.Link == device.Name && kept.Kind is (KeptKind.Neighbour or KeptKind.Nexthop or KeptKind.NexthopGroup));
    }
}
