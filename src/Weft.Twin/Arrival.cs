// Links that this twin did not make: the NICs it starts with, and a host that was observed somewhere. What the kernel does
// not tell is guessed: a bridge whose MTU is not its ports' was set by hand; a port had the MTU that it has; a driver that nobody asked is a veth's.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Twin;

internal static class Arrival
{
    public static Device Enter(Net net, Link link, Device? lower)
    {
        var state = link.State ?? new LinkState(net.NextIndex());
        var device = new Device(link.Name.Value, link.Kind, state.Index)
        {
            Up = link.Settings.Flag(Table.Up) ?? false,
            Mtu = link.Settings.Number(Table.Mtu) ?? 1500,
            Mac = link.Settings.Word(Table.Mac) ?? "",
            MacOrigin = state.MacIsSet ? MacOrigin.Set : link.Kind == LinkKind.Nic ? MacOrigin.Permanent : MacOrigin.Random,
            Ipv6 = link.Settings.Flag(Table.Ipv6),
            Lower = lower,
            LowerMac = lower?.Mac ?? "",
            OwnVlans = link.Vlans,
            BurntMac = link.Kind == LinkKind.Nic && !state.PeerElsewhere ? state.IdentityMac : null,
            Bond = link.Kind == LinkKind.Bond ? Remembered(link.Settings) : null,
            Observed = state with { Hardware = null, Listed = [], Leased = [.. state.Leased.Except(state.Listed)] },
            Hardware = state.Hardware ?? (link.Kind == LinkKind.Nic ? Requests.Drivers.Veth.Hardware : null),
            Driven = state.Hardware is not null || link.Kind != LinkKind.Nic ? link.Settings.Where(line => line.Home == Home.Hardware) : Requests.Drivers.Veth.Settings,
        };
        foreach (var (line, value) in link.Settings.Where(ConfLines.Has))
            device.Conf[line] = value.Value;
        foreach (var line in MarkLines.All)
            device.Marks[line] = link.Settings.ValueOf(line) ?? device.Marks[line];
        foreach (var (line, value) in link.Settings)
            if (line.Home == Home.Data && !BondLines.Delays.Contains(line) && line != BondLines.Primary)
                device.Data[line] = value.Value;
        device.GroupAddressIsSet = link.Kind == LinkKind.Bridge && device.Data.TryGetValue(BridgeLines.GroupAddress, out var group) && group != BridgeLines.GroupAddress.Default(link.Settings);
        if (link.Kind == LinkKind.Vlan && !state.MacIsSet && lower?.Mac == device.Mac)
            device.MacOrigin = MacOrigin.Stolen;
        foreach (var (address, lifetime) in link.Lifetimes)
            device.Lifetimes[address] = lifetime;
        foreach (var address in state.Listed.IsEmpty ? link.Addresses.Select(address => address.Value) : state.Listed)
            if (address.Is6)
                device.Addresses6.Add(address);
            else
                device.Addresses4.Add(new(address) { Secondary = device.Addresses4.Exists(there => there.Prefix.Length == address.Length && there.Prefix.Network == address.Network) });
        net.Enter(device);
        if (device.Up)
            Layer3.Connected.Appear(net, device);
        return device;
    }

    /// <summary>A port as its master lists it.</summary>
    public static void Join(Net net, Device port, Device master, Port told)
    {
        port.Master = master;
        master.Ports.Add(port);
        foreach (var (line, value) in told.Settings)
            port.AsPort[line] = value.Value;
        if (master.Is(LinkKind.Vrf))
            for (var i = 0; i < net.Fib.Routes.Count; i++)
                net.Fib.Routes[i] = net.Fib.Routes[i] is { Protocol: Layer3.Fib.Kernel } route && route.Link?.Value == port.Name ? route with { Table = port.RoutingTable } : net.Fib.Routes[i];
        else if (master.Is(LinkKind.Bridge))
            port.Vlans = told.Vlans ?? VlanTable.Default;
        else
            port.InBond = new BondPort(port.Observed?.IdentityMac ?? port.Mac, port.Mtu);
        if (port is { IsPassthru: true, InBond.Mac: var own })
            port.LowerMac = own;
    }

    /// <summary>What its ports tell of a bond or bridge.</summary>
    public static void Guess(Device master)
    {
        if (master.Is(LinkKind.Bridge))
            master.MtuIsPinned = master.Mtu != master.Ports.Select(port => port.Mtu).DefaultIfEmpty(1500).Min();
        else if (master.Is(LinkKind.Bond) && master.MacOrigin == MacOrigin.Random && master.Ports.Count > 0)
            master.MacOrigin = MacOrigin.Stolen;
    }

    private static BondMemory Remembered(Settings settings)
    {
        var interval = Math.Max(1, settings.Number(BondLines.Miimon) ?? 1);
        var memory = new BondMemory { Primary = settings.Word(BondLines.Primary) ?? "" };
        foreach (var delay in BondLines.Delays)
            memory.Times[delay] = (settings.Number(delay) ?? 0) / interval;
        return memory;
    }
}
