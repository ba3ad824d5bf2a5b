// The guests' NICs. A guest's tap is named and addressed as libvirt does it: vnetN, the guest's MAC with fe as its first byte. No
// real MAC is larger, and a bridge takes its lowest port's, so that plugging a guest in never changes the host's own MAC. Its MTU
// is the bridge's, for the like reason: a bridge without an MTU of its own follows its smallest port.
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Topology;

public static class GuestCords
{
    public static void Add(Layout layout, NamedHost lab, Answering answering)
    {
        var number = 0;
        foreach (var guest in lab.Host.Guests)
        {
            layout.GuestNames.Add(guest.Name.Value);
            var index = 0;
            var routed = new HashSet<System.Net.Sockets.AddressFamily>(); // A guest has one default route a family: its first NIC's.
            foreach (var nic in guest.Nics)
            {
                var mac = nic.Mac?.Value ?? Names.Mac("52:54:00", $"{lab.Name} {guest.Name} {index}");
                var (bridge, vlan) = (nic.Bridge?.Value, nic.Vlan?.Value);
                layout.Guests.Add(new GuestCord(lab, guest.Name.Value, $"eth{index++}", mac, $"vnet{number++}", bridge, vlan)
                {
                    Mtu = Mtu(lab.Host, bridge ?? ""),
                    Leaves = vlan is not null && BridgeLines.DefaultPvidOf(lab.Host.Find(bridge ?? "")?.Settings) is var given && given != vlan ? given : 0,
                    Addresses = [.. nic.Addresses.Select(address => address.Value)],
                    Gateways = [.. Gateways(answering, lab.Host, bridge, vlan, nic).Where(gateway => routed.Add(gateway.AddressFamily))],
                });
            }
        }
    }

    // A link's MTU as the kernel will have it: its own, or a VLAN's lower's, or the least of a bridge's ports'.
    private static long Mtu(Host host, string name, int depth = 0)
    {
        const long Usual = 1500;
        if (depth > 16 || host.Find(name) is not { } link) return Usual;
        if (link.Settings.Number(Table.Mtu) is { } own) return own;
        return link.Kind == LinkKind.Vlan || link.Kind == LinkKind.Bridge
            ? link.Lowers.Select(lower => Mtu(host, lower.Value, depth + 1)).DefaultIfEmpty(Usual).Min() : Usual;
    }

    // The default router of a guest, one a family: the gateway of the host's own end in the guest's network, the bridge's or a VLAN's
    // on it; or a switch's address there.
    private static IEnumerable<IPAddress> Gateways(Answering answering, Host host, string? bridge, long? vlan, GuestNic nic)
    {
        var known = (vlan is null ? host.Find(bridge ?? "") : host.Links.FirstOrDefault(link => link.Lower == bridge && link.Settings.Number(VlanLines.Id) == vlan))?.Gateways.Select(gateway => gateway.Value).ToList() ?? [];
        return nic.Addresses.Select(own => known.Find(gateway => own.Value.Contains(gateway) && !own.Value.Address.Equals(gateway)) ?? answering.In(own.Value).FirstOrDefault())
            .OfType<IPAddress>().DistinctBy(gateway => gateway.AddressFamily);
    }
}
