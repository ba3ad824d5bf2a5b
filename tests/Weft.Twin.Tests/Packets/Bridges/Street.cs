// A bridge with a machine behind each port, built by hand: what each machine says, and what each hears.

using Weft.Twin.Packets;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

/// <summary>A frame as it was heard.</summary>
internal sealed record Heard(ulong Source, ulong Destination, int Tag, int Length);

/// <summary>Takes every frame that comes to a link, and remembers all but BPDUs.</summary>
internal sealed class Ear : IReceiver
{
    private readonly World world;

    public Ear(Netdev link)
    {
        world = link.World;
        link.Receiver = this;
    }

    public List<Heard> Frames { get; } = [];

    /// <summary>For whom each of them seemed to be.</summary>
    public List<Cast> Casts { get; } = [];

    public long Count { get; private set; }

    /// <summary>Whether it remembers them, or only counts.</summary>
    public bool Remembers { get; set; } = true;

    public bool Take(Frame frame)
    {
        Count++;
        if (Remembers && !Bpdu.IsOne(frame))
        {
            Frames.Add(new(frame.Source, frame.Destination, frame.Tag, frame.Length));
            Casts.Add(frame.Cast);
        }
        world.Frames.Return(frame);
        return true;
    }
}

internal sealed class Street
{
    /// <summary>A MAC that nobody has.</summary>
    public const ulong Nobody = 0x0200_0000_0fff;

    public const ulong Everybody = Ethernet.Broadcast;

    public const ulong BridgeMac = 0x0200_0000_0001;

    public Street(BridgeOptions options, params BridgePortOptions[] ports)
    {
        var host = new Machine(World, "host");
        Bridge = new Bridge(host, "br0", 1, options);
        for (var i = 0; i < ports.Length; i++)
        {
            var port = new Nic(host, $"p{i}", 10 + i);
            port.StartWith(PortMac(i));
            var guest = new Nic(new Machine(World, $"m{i}"), "eth0", 1);
            guest.StartWith(Mac(i));
            Cables.Add(new(port, guest));
            Guests.Add(guest);
            Ears.Add(new(guest));
            Ports.Add(Bridge.Join(port, ports[i]));
        }
        World.Listener = Told.Add;
        foreach (var guest in Guests)
            guest.Open();
        foreach (var port in Ports)
            port.Device.Open();
        if (options.MacIsSet)
            Bridge.StartWith(BridgeMac);
        Bridge.Open();
    }

    public World World { get; } = new();
    public Bridge Bridge { get; }
    public List<BridgePort> Ports { get; } = [];
    public List<Nic> Guests { get; } = [];
    public List<Cable> Cables { get; } = [];
    public List<Ear> Ears { get; } = [];
    public List<Happening> Told { get; } = [];

    /// <summary>Ports of usual options.</summary>
    public static BridgePortOptions[] Usual(int count) => [.. Enumerable.Repeat(new BridgePortOptions(), count)];

    public static ulong Mac(int machine) => 0x0200_0000_0100 + (ulong)machine;

    public static ulong PortMac(int port) => 0x0200_0000_0200 + (ulong)port;

    /// <summary>A machine sends a frame, and it is waited for until it arrived everywhere.</summary>
    public Street Say(int machine, ulong to, ulong from = 0, int tag = Frame.NoTag, int length = Ethernet.Shortest)
    {
        Guests[machine].Send(Make(to, from == 0 ? Mac(machine) : from, tag, length));
        return Settle();
    }

    /// <summary>The bridge's own host sends a frame over it.</summary>
    public Street SayFromHost(ulong to, int tag = Frame.NoTag)
    {
        Bridge.Send(Make(to, Bridge.Mac, tag, Ethernet.Shortest));
        return Settle();
    }

    public Frame Make(ulong to, ulong from, int tag = Frame.NoTag, int length = Ethernet.Shortest)
    {
        var frame = World.Frames.Rent();
        frame.Begin(length, Ethernet.Shortest);
        (frame.Destination, frame.Source, frame.EtherType, frame.Tag) = (to, from, 0x88b5, tag);
        return frame;
    }

    public Street Settle() => Wait(VirtualTime.Millisecond / 2);

    /// <summary>Lets time pass, and then what is on a cable arrive.</summary>
    public Street Wait(long time)
    {
        World.Time.RunUntil(World.Time.Now + time).ShouldBeTrue();
        World.Time.RunUntil(World.Time.Now + (5 * VirtualTime.Microsecond)).ShouldBeTrue();
        World.Frames.Out.ShouldBe(0);
        return this;
    }

    /// <summary>How many frames each machine heard since this was last asked.</summary>
    public int[] HeardBy()
    {
        var counts = Ears.Select(ear => ear.Frames.Count).ToArray();
        foreach (var ear in Ears)
            ear.Frames.Clear();
        return counts;
    }

    /// <summary>By which port the bridge would send to an address; "br0" for its own, empty where it knows none.</summary>
    public string Where(ulong mac, int vlan = 0) => Bridge.Fdb.Find(mac, vlan, out var port, out _) ? port?.Device.Name ?? "br0" : "";
}
