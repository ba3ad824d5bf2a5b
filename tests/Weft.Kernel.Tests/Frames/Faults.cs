// A device of the twin that does wrong, one of each kind and of each kind of time, the case in which it must be noticed, and by what.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Kernel.Tests.Frames;

internal static class Faults
{
    public static readonly SortedDictionary<string, (string Case, string By, Action<Scene> Plant)> All = new(StringComparer.Ordinal)
    {
        ["a NIC that sends nothing"] = ("a-second-default-gateway", "", scene => First<Nic>(scene, "eth0").SetCarrier(false)),
        ["a cable that loses a VLAN"] = ("three-vlans", "", scene =>
        {
            foreach (var (_, cable) in scene.Cords)
                cable.Lose(200, true);
        }),
        ["a cable that loses LACPDUs"] = ("fast-lacp-notices-after-3s", "", scene => scene.Cords.First().Cable.LoseLacp(true)),
        ["a VLAN that is deaf"] = ("three-vlans", "", scene => First<VlanDev>(scene, "bond0.100").Close()),
        ["a bond that elects another port"] = ("a-cable-of-active-backup", "", scene => First<Bond>(scene, "bond0").Election.Choose(First<Bond>(scene, "bond0").Ports[1])),
        ["a bond's port that takes everything"] = ("static-lag-against-active-backup", "", scene => First<Bond>(scene, "bond0").Ports.ForEach(port => port.Enable())),
        ["an aggregator without a port"] = ("a-cable-of-lacp", "", scene => ((Lacp)First<Bond>(scene, "bond0").Mode).Active!.Ports.RemoveAt(0)),
        ["a bridge that takes nothing of a guest"] = ("three-vlans", "", scene =>
        {
            foreach (var tap in First<Bridge>(scene, null).Machine.Links.Where(link => link.Name.StartsWith("vnet", StringComparison.Ordinal)))
                tap.Receiver = null;
        }),
        ["a guest with another MAC"] = ("kvm-10gbe", "", scene => scene.Machine(scene.Layout.GuestNames[0])!.Get<Nic>("eth0").SetMac(0x5254_00ff_ffff)),
        ["a switch that does not route"] = ("three-vlans", "", scene =>
        {
            foreach (var link in scene.All.SelectMany(pair => pair.Machine.Stack.Links))
                link.Conf = link.Conf with { Forwards4 = false };
        }),
        ["a switch that takes larger frames"] = ("mtu-9000-through-a-1500-hop", "large", scene => Switch(scene).Ports.ToList().ForEach(port => port.Device.Mtu = 9000)),
        ["a machine without neighbour discovery"] = ("delays-of-active-backup", "fd00:10::11", scene => scene.Machine(scene.Layout.Hosts[0].Name)!.Stack.Links.ForEach(link => link.Conf = link.Conf with { Speaks6 = false })),
        ["a bridge that learns nothing"] = ("a-cable-of-active-backup", "fdb", scene => Switch(scene).Ports.ToList().ForEach(port => Set(port.Options, nameof(BridgePortOptions.Learning), false))),
        ["a bridge that learns at another port"] = ("a-cable-of-lacp", "fdb", scene =>
        {
            var ports = First<Bridge>(scene, "br0").Ports;
            ports[1].Device.Receiver = ports[0];
        }),
        ["a bridge that never forgets"] = ("reflection-without-ageing", "fdb", scene => Set(First<Bridge>(scene, "br0").Tree, nameof(Tree.AgeingTime), 300 * VirtualTime.Second)),
        ["a bridge that does not see a cable pulled"] = ("stp-waits-after-failback", "fdb", scene => Switch(scene).Ports.ToList().ForEach(port => port.Device.Master = null)),
        ["a bridge that does not wait with a spanning tree"] = ("stp-waits-after-failback", Seen.AfterRepair, scene => Set(First<Bridge>(scene, "br0").Tree, nameof(Tree.ForwardDelay), 0L)),
        ["a switch that forwards late"] = ("a-second-default-gateway", Seen.AfterRepair, scene =>
        {
            Set(Switch(scene).Options, nameof(BridgeOptions.Stp), true);
            Set(Switch(scene).Tree, nameof(Tree.ForwardDelay), 2 * VirtualTime.Second);
        }),
        ["a bond that looks far too seldom"] = ("a-cable-of-active-backup", "after it broke", scene => Set(First<Bond>(scene, "bond0").Options, nameof(BondOptions.Miimon), 2 * VirtualTime.Second)),
        ["a bond that ignores downdelay"] = ("delays-of-active-backup", "after it broke", scene => Set(First<Bond>(scene, "bond0").Options, nameof(BondOptions.Downdelay), 0L)),
        ["a bond that ignores updelay"] = ("delays-of-active-backup", "bond", scene => Set(First<Bond>(scene, "bond0").Options, nameof(BondOptions.Updelay), 0L)),
        ["a bond that asks by ARP far too seldom"] = ("a-vlan-vanishes-under-arp-monitoring", "after it broke", scene => Set(First<Bond>(scene, "bond80").Options, nameof(BondOptions.ArpInterval), VirtualTime.Second)),
        ["LACP that is slow"] = ("fast-lacp-notices-after-3s", "after it broke", scene =>
        {
            ((Lacp)First<Bond>(scene, "bond0").Mode).Ports.ForEach(port => Set(port, nameof(LacpPort.State), port.State & ~LacpState.Timeout));
            scene.Settle();
        }),
    };

    private static Bridge Switch(Scene scene) => scene.Machine(scene.Layout.Boxes[0].Name)!.Links.OfType<Bridge>().Single();

    /// <summary>Sets what is set once, when a device is made.</summary>
    private static void Set<T>(object of, string name, T value) => of.GetType().GetProperty(name)!.SetValue(of, value);

    /// <summary>A link of the first host, by name or the first of its kind.</summary>
    private static T First<T>(Scene scene, string? name) where T : Netdev
    {
        var machine = scene.Machine(scene.Layout.Hosts[0].Name)!;
        return name is null ? machine.Links.OfType<T>().First() : machine.Get<T>(name);
    }
}
