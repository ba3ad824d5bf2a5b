// Small worlds that tests of stacks are made of: machines, cables, addresses.

using System.Net;
using Weft.Model;
using Weft.Text;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Cable = Weft.Twin.Packets.Links.Cable;

namespace Weft.Twin.Tests.Packets.Stacks;

internal static class Lan
{
    private static ulong macs = 0x0200_0000_0000;

    public static Nic Nic(this Machine machine, string name, ulong mac = 0)
    {
        var nic = new Nic(machine, name, machine.Links.Count + 1);
        machine.Add(nic);
        nic.StartWith(mac == 0 ? ++macs : mac);
        return nic;
    }

    public static VlanDev Vlan(this Nic lower, int id)
    {
        var vlan = new VlanDev(lower.Machine, $"{lower.Name}.{id}", lower.Machine.Links.Count + 1, lower, id, isService: false);
        lower.Machine.Add(vlan);
        vlan.StartWith(lower.Mac);
        return vlan;
    }

    public static T At<T>(this T device, params string[] prefixes) where T : Netdev
    {
        foreach (var prefix in prefixes)
            device.Machine.Stack.Add(device, IpPrefix.Parse(prefix));
        return device;
    }

    public static Cable To(this Nic one, Nic other)
    {
        var cable = new Cable(one, other);
        one.Machine.World.Cables.Add(cable);
        return cable;
    }

    public static void Open(this World world)
    {
        foreach (var machine in world.Machines)
            foreach (var link in machine.Links)
                link.Open();
    }

    public static void Route(this Machine machine, string to, string? via = null, string? over = null, long? metric = null, long table = Model.Route.MainTable, string? source = null, long? mtu = null) =>
        machine.Stack.Add(new Route(Text.At.Nowhere(IpPrefix.Parse(to)))
        {
            Via = via is null ? null : Text.At.Nowhere(IPAddress.Parse(via)),
            Link = over is null ? null : Text.At.Nowhere(over),
            Metric = metric is { } value ? Text.At.Nowhere(value) : null,
            Table = table,
            Source = source is null ? null : IPAddress.Parse(source),
            Mtu = mtu,
        });

    public static Ping Pings(this Machine machine, string target, long every = VirtualTime.Second, int size = 56, string? source = null, Netdev? over = null, bool mayFragment = false)
    {
        var ping = new Ping(machine, IPAddress.Parse(target)) { Every = every, Size = size, Source = source is null ? null : IPAddress.Parse(source), Over = over, MayFragment = mayFragment };
        ping.Start();
        return ping;
    }

    public static void Run(this World world, double seconds) => world.Time.RunUntil(world.Time.Now + (long)(seconds * VirtualTime.Second)).ShouldBeTrue();

    /// <summary>What was done to watched frames, and where.</summary>
    public static string[] Trace(this World world) => [.. world.Hops.Select(hop => $"{hop.Machine.Name} {hop.Device.Name} {hop.Did}")];
}
