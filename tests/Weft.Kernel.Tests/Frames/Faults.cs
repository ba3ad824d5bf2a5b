// A device of the twin that does wrong, one of each kind, and the case in which it must be noticed.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Links;
using Weft.Twin.Scenes;

namespace Weft.Kernel.Tests.Frames;

internal static class Faults
{
    public static readonly SortedDictionary<string, (string Case, Action<Scene> Plant)> All = new(StringComparer.Ordinal)
    {
        ["a NIC that sends nothing"] = ("a-second-default-gateway", scene => First<Nic>(scene, "eth0").SetCarrier(false)),
        ["a cable that loses a VLAN"] = ("three-vlans", scene =>
        {
            foreach (var (_, cable) in scene.Cords)
                cable.Lose(200, true);
        }),
        ["a cable that loses LACPDUs"] = ("fast-lacp-notices-after-3s", scene => scene.Cords.First().Cable.LoseLacp(true)),
        ["a VLAN that is deaf"] = ("three-vlans", scene => First<VlanDev>(scene, "bond0.100").Close()),
        ["a bond that elects another port"] = ("a-cable-of-active-backup", scene => First<Bond>(scene, "bond0").Election.Choose(First<Bond>(scene, "bond0").Ports[1])),
        ["a bond's port that takes everything"] = ("static-lag-against-active-backup", scene => First<Bond>(scene, "bond0").Ports.ForEach(port => port.Enable())),
        ["an aggregator without a port"] = ("a-cable-of-lacp", scene => ((Lacp)First<Bond>(scene, "bond0").Mode).Active!.Ports.RemoveAt(0)),
        ["a bridge that takes nothing of a guest"] = ("three-vlans", scene =>
        {
            foreach (var tap in First<Bridge>(scene, null).Machine.Links.Where(link => link.Name.StartsWith("vnet", StringComparison.Ordinal)))
                tap.Receiver = null;
        }),
        ["a guest with another MAC"] = ("kvm-10gbe", scene => scene.Machine(scene.Layout.GuestNames[0])!.Get<Nic>("eth0").SetMac(0x5254_00ff_ffff)),
        ["a switch that does not route"] = ("three-vlans", scene =>
        {
            foreach (var link in scene.All.SelectMany(pair => pair.Machine.Stack.Links))
                link.Conf = link.Conf with { Forwards4 = false };
        }),
    };

    /// <summary>A link of the first host, by name or the first of its kind.</summary>
    private static T First<T>(Scene scene, string? name) where T : Netdev
    {
        var machine = scene.Machine(scene.Layout.Hosts[0].Name)!;
        return name is null ? machine.Links.OfType<T>().First() : machine.Get<T>(name);
    }
}
