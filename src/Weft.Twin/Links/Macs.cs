// MACs (dev_set_mac_address): setting one marks it as set for good. VLANs that never were given one follow their lower link,
// at once when they are up, else when they come up (vlan_sync_address, vlan_dev_open). A bridge that never was given one has
// the lowest of its ports' (br_stp_recalculate_bridge_id), which is all zeros when the last port goes.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Twin.Links;

internal static class Macs
{
    private const string Zero = "00:00:00:00:00:00";

    public static Refusal? Valid(string mac) =>
        mac == Zero || (Convert.ToByte(mac[..2], 16) & 1) != 0 ? Error.Of("EADDRNOTAVAIL") : null;

    public static Refusal? Set(Net net, Device device, string mac)
    {
        if (Valid(mac) is { } refused)
            return refused;
        // bond_set_mac_address gives it to every port; with receive balancing the ports keep theirs (bond_alb_set_mac_address).
        if (device.Is(LinkKind.Bond) && device.MovesMac)
            return null; // It is the active port's, and what is asked for does nothing.
        if (device.Is(LinkKind.Bond) && device.Mode != BondLines.Alb)
            foreach (var port in device.Ports)
                Set(net, port, mac);
        if (device.IsPassthru && device.Lower is { } whole)
            return SetWhole(net, device, whole, mac);
        if (device.Is(LinkKind.Macvlan) && device.Up && mac != device.Mac && Macvlans.IsBusy(device, mac))
            return Error.Of("EADDRINUSE");
        Take(net, device, mac, MacOrigin.Set);
        return null;
    }

    /// <summary>macvlan_set_mac_address: it is the link that is told, and what that one had by itself is remembered.</summary>
    private static Refusal? SetWhole(Net net, Device macvlan, Device whole, string mac)
    {
        var (own, before) = (macvlan.LowerMac, macvlan.Mac);
        if (mac != before && Set(net, whole, mac) is { } refused)
            return refused;
        (macvlan.LowerMac, macvlan.MacOrigin) = (own, MacOrigin.Set);
        Tell(net, macvlan, before);
        return null;
    }

    public static void Take(Net net, Device device, string mac, MacOrigin origin)
    {
        var before = device.Mac;
        device.Mac = mac;
        device.MacOrigin = origin;
        Tell(net, device, before);
    }

    /// <summary>Who hears of a link's MAC (NETDEV_CHANGEADDR), also where it was told the one that it had.</summary>
    private static void Tell(Net net, Device device, string before)
    {
        if (device.Mac != before) // neigh_changeaddr.
            net.Kept.RemoveAll(kept => kept.Link == device.Name && kept.Kind == KeptKind.Neighbour);
        foreach (var tag in device.Tags.Where(tag => tag.Is(LinkKind.Vlan) && tag.Up).ToList())
            Inherit(net, tag);
        foreach (var tag in device.Tags.Where(tag => tag.IsPassthru))
            tag.Mac = tag.LowerMac = device.Mac; // macvlan_sync_address: nobody above hears of it.
        if (device.Master is { } master && master.Is(LinkKind.Bridge))
            Choose(net, master);
    }

    /// <summary>A VLAN follows its lower link.</summary>
    public static void Inherit(Net net, Device vlan)
    {
        var mac = vlan.Lower!.Mac;
        if (vlan.MacOrigin == MacOrigin.Stolen && vlan.Mac != mac)
            Take(net, vlan, mac, MacOrigin.Stolen);
        vlan.LowerMac = mac;
    }

    /// <summary>A bridge chooses its MAC.</summary>
    public static void Choose(Net net, Device bridge)
    {
        if (bridge.MacOrigin == MacOrigin.Set)
            return;
        var lowest = bridge.Ports.Select(port => port.Mac).Min(StringComparer.Ordinal) ?? Zero;
        if (lowest != bridge.Mac)
            Take(net, bridge, lowest, bridge.MacOrigin);
    }
}
