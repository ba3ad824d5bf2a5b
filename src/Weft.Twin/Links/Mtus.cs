// MTUs (dev_set_mtu): a bond pushes its own to its ports, first; VLANs and MACVLANs above a lower link that shrinks shrink with
// it and do not grow back, ipvlans do; a bridge that nobody told its MTU takes the least of its ports' (br_mtu_auto_adjust). Below 1280 a link
// loses its IPv6 state, addresses and routes included (addrconf_notify).

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Layer3;

namespace Weft.Twin.Links;

internal static class Mtus
{
    private const long Least = 68, Most = 65535, Usual = 1500;

    public static Refusal? Valid(LinkKind kind, long mtu) => kind == LinkKind.Vrf && mtu is >= Table.LeastMtuOfIpv6 and <= Weft.Model.Attributes.VrfLines.NaturalMtu ? null :
        kind == LinkKind.Vrf && mtu < Table.LeastMtuOfIpv6 ? Error.Of("EINVAL", "mtu less than device minimum") :
        mtu < (kind == LinkKind.Vlan ? 0 : Least) ? Error.Of("EINVAL", "mtu less than device minimum")
        : mtu > Most ? Error.Of("EINVAL", "mtu greater than device maximum")
        : null;

    public static Refusal? Set(Net net, Device device, long mtu)
    {
        if (mtu == device.Mtu)
            return null; // So a bridge is not pinned by being told what it has.
        if (Valid(device.Kind, mtu) is { } outside)
            return outside;
        if (device.Is(LinkKind.Vlan) && device.Lower is { } lower && mtu > lower.Mtu)
            return Error.Of("ERANGE");
        if (device is { Kind.Word: "macvlan" or "macvtap", Lower: { } under } && mtu > under.Mtu)
            return Error.Of("EINVAL"); // macvlan_change_mtu
        if (device.Is(LinkKind.Vxlan) && mtu > Vxlans.Most(device))
            return Error.Of("EINVAL"); // vxlan_change_mtu
        if (device.Is(LinkKind.Bond) && PushDown(net, device, mtu) is { } refused)
            return refused;
        Take(net, device, mtu);
        return null;
    }

    /// <summary>A bridge's MTU follows its ports as long as nobody set it; without ports it is 1500.</summary>
    public static void Follow(Net net, Device bridge)
    {
        if (bridge.MtuIsPinned)
            return;
        var least = bridge.Ports.Select(port => port.Mtu).DefaultIfEmpty(Usual).Min();
        if (least != bridge.Mtu)
            Take(net, bridge, least);
        bridge.MtuIsPinned = false;
    }

    /// <summary>Gives a link an MTU without asking its own driver, as a bond does that is being removed.</summary>
    public static void Take(Net net, Device device, long mtu)
    {
        if (mtu >= Table.LeastMtuOfIpv6 && mtu != device.Mtu)
            net.Fib.Follow(device.Name, device.Mtu, mtu);
        device.Mtu = mtu;
        device.MtuIsPinned = device.Is(LinkKind.Bridge);
        foreach (var tag in device.Tags.Where(tag => Follows(tag, mtu)).ToList())
            Set(net, tag, mtu);
        if (device.Master is { } master && master.Is(LinkKind.Bridge))
            Follow(net, master);
        if (mtu < Table.LeastMtuOfIpv6)
        {
            Addresses6.LoseAll(net, device);
            net.Fib.Forget(device.Name, ip4: false);
            device.Ipv6 = null;
            net.Kept.RemoveAll(kept => kept.Link == device.Name && kept.Kind == KeptKind.Sysctl6);
        }
        else
        {
            if (device.Ipv6 is null)
                foreach (var (line, usual) in net.NewLinks.Where(line => line.Family == ConfLines.V6))
                    device.Conf[line] = usual.Value;
            device.Ipv6 ??= net.NewLinksIpv6;
        }
    }

    /// <summary>An ipvlan has its lower link's MTU whatever it had (ipvlan_adjust_mtu); a VXLAN or tunnel keeps its own.</summary>
    private static bool Follows(Device tag, long mtu) => tag.Kind.Word switch
    {
        "ipvlan" or "ipvtap" => true,
        "vlan" or "macvlan" or "macvtap" => tag.Mtu > mtu,
        _ => false,
    };

    /// <summary>bond_change_mtu: where a port refuses, those before it get the old one back.</summary>
    private static Refusal? PushDown(Net net, Device bond, long mtu)
    {
        foreach (var port in bond.Ports)
            if (Set(net, port, mtu) is { } refused)
            {
                foreach (var before in bond.Ports.TakeWhile(other => other != port))
                    Set(net, before, bond.Mtu);
                return refused;
            }
        return null;
    }
}
