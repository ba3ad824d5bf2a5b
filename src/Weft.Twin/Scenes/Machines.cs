// A machine that carries frames, of a network namespace whose state is known. Here the room of states meets the room of
// packets: each kind of link becomes what carries its frames, with the options that it reads off the state itself.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Scenes;

internal static class Machines
{
    /// <summary>The machine, with every link down: <see cref="Open"/> brings up those that are to be up.</summary>
    public static Machine Of(World world, string name, Net net)
    {
        var machine = new Machine(world, name);
        // Made in the order of the namespace: what a link stands on is there before it.
        foreach (var device in net.Devices)
        {
            var link = Made(machine, device);
            link.StartWith(Ethernet.Parse(device.Mac));
            link.Mtu = (int)device.Mtu;
            machine.Add(link);
        }
        foreach (var device in net.Devices)
            foreach (var port in device.Ports)
                Join(machine, device, port);
        foreach (var device in net.Devices.Where(device => device.Peer is not null && string.CompareOrdinal(device.Name, device.Peer.Name) < 0))
            world.Cables.Add(new(machine.Get<Nic>(device.Name), machine.Get<Nic>(device.Peer!.Name)));
        foreach (var device in net.Devices)
        {
            var link = machine.Find(device.Name)!;
            machine.Stack.Configure(link, IpConf.Of(device));
            foreach (var address in device.Addresses4.Select(address => address.Prefix).Concat(device.Addresses6))
                machine.Stack.Add(link, address);
        }
        foreach (var rule in net.Rules)
            machine.Stack.Add(rule);
        return machine;
    }

    /// <summary>Brings up what is up in the namespace, from the bottom. The routes are then those of the namespace: what else became of those that came with an address is known there.</summary>
    public static void Open(Machine machine, Net net)
    {
        var open = new HashSet<Device>();
        foreach (var device in net.Devices)
            Up(device);
        machine.Stack.SetRoutes(net.Fib.Routes);

        void Up(Device device)
        {
            if (!open.Add(device))
                return;
            if (device.Lower is { } lower)
                Up(lower);
            foreach (var port in device.Ports)
                Up(port);
            if (device.Up)
                machine.Find(device.Name)!.Open();
        }
    }

    private static Netdev Made(Machine machine, Device device)
    {
        var (name, index) = (device.Name, device.Index);
        var lower = device.Lower is { } below ? machine.Find(below.Name) : null;
        return device.Kind switch
        {
            _ when device.Is(LinkKind.Bond) => new Bond(machine, name, index, BondOptions.Of(device)),
            _ when device.Is(LinkKind.Bridge) => new Bridge(machine, name, index, BridgeOptions.Of(device)),
            _ when device.Is(LinkKind.Vlan) && lower is not null => new VlanDev(machine, name, index, lower, (int)device.Number(VlanLines.Id), device.Data[VlanLines.Protocol] == Value.Of("802.1ad"))
            {
                FollowsMac = device.MacOrigin == MacOrigin.Stolen,
                IsLoose = device.Data[VlanLines.LooseBinding] == Value.Of(true),
                IsBound = device.Data[VlanLines.BridgeBinding] == Value.Of(true),
                Egress = device.Data[VlanLines.EgressQosMap] is Value.Map { Fields: var map } ? map.ToDictionary(entry => long.Parse(entry.Name.Value, System.Globalization.CultureInfo.InvariantCulture), entry => ((Value.Number)entry.Value.Value).Count) : [],
            },
            _ when device.Is(LinkKind.Macvlan) && lower is not null => new MacvlanDev(machine, name, index, lower, device.Data[MacvlanLines.Mode].ToString()),
            _ when device.Is(LinkKind.Nic) || device.Is(LinkKind.Veth) => new Nic(machine, name, index) { BurntMac = Ethernet.Parse(device.BurntMac ?? device.InBond?.Mac ?? device.Mac) },
            _ when device.Is(LinkKind.Vrf) => new Vrf(machine, name, index, device.RoutingTable),
            _ => new Silent(machine, name, index, device.Is(LinkKind.Dummy) ? "" : device.Kind.Word),
        };
    }

    private static void Join(Machine machine, Device master, Device port)
    {
        var (above, below) = (machine.Find(master.Name), machine.Find(port.Name)!);
        switch (above)
        {
            case Bond bond:
                bond.Join(below, BondPortOptions.Of(port));
                break;
            case Bridge bridge:
                bridge.Join(below, BridgePortOptions.Of(port));
                break;
            case Vrf vrf:
                vrf.Join(below);
                break;
        }
    }
}
