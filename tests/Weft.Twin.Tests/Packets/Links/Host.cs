// A host with a NIC, a machine at the other end of its cable, and whatever stands on the NIC: all that comes anywhere is kept.

using Weft.Twin.Packets;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Weft.Twin.Tests.Packets.Bridges;

namespace Weft.Twin.Tests.Packets.Links;

internal sealed class Host
{
    public const ulong FarMac = 0x0200_0000_00f0, NicMac = 0x0200_0000_0010;

    public Host(KernelVersion? kernel = null)
    {
        World = new() { Kernel = kernel ?? KernelVersion.Linux61 };
        Machine = new(World, "host");
        (Nic, Far) = (new(Machine, "eth0", 1), new(new Machine(World, "far"), "p0", 1));
        Nic.StartWith(NicMac);
        Far.StartWith(FarMac);
        Cable = new(Nic, Far);
        AtFar = new(Far);
        Far.Open();
        Nic.Open();
    }

    public World World { get; }
    public Machine Machine { get; }
    public Nic Nic { get; }
    public Nic Far { get; }
    public Cable Cable { get; }
    public Ear AtFar { get; }

    public MacvlanDev Macvlan(string name, ulong mac, string mode, Netdev? lower = null)
    {
        var made = new MacvlanDev(Machine, name, 20, lower ?? Nic, mode);
        made.StartWith(mac);
        made.Open();
        return made;
    }

    public VlanDev Vlan(int id, ulong mac = NicMac, Netdev? lower = null, bool opens = true)
    {
        var made = new VlanDev(Machine, $"eth0.{id}", 30, lower ?? Nic, id, isService: false);
        made.StartWith(mac);
        if (opens)
            made.Open();
        return made;
    }

    public Frame Make(ulong to, ulong from, ushort type = 0x88b5)
    {
        var frame = World.Frames.Rent();
        frame.Begin(Ethernet.Shortest, Ethernet.Shortest);
        (frame.Destination, frame.Source, frame.EtherType) = (to, from, type);
        return frame;
    }

    /// <summary>The other machine sends, with these tags, the outermost first.</summary>
    public Host Say(ulong to, ulong from = FarMac, params ReadOnlySpan<int> tags)
    {
        var frame = Make(to, from);
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            frame.Tag = tags[i];
            frame.PushTag();
        }
        Far.Send(frame);
        return Run();
    }

    public Host Send(Netdev link, ulong to)
    {
        link.Send(Make(to, link.Mac));
        return Run();
    }

    public Host Run()
    {
        World.Time.RunUntil(World.Time.Now + VirtualTime.Millisecond).ShouldBeTrue();
        World.Frames.Out.ShouldBe(0);
        return this;
    }
}
