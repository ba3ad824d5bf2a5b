// Bridges and the cables between them, built by hand: where the spanning tree has something to decide, and where frames go round.

using Weft.Twin.Packets;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

internal sealed class Town
{
    private int macs = 0x100;

    public Town() => World.Listener = Told.Add;

    public World World { get; } = new();
    public List<Bridge> Bridges { get; } = [];
    public List<Cable> Cables { get; } = [];
    public List<Happening> Told { get; } = [];

    /// <summary>A bridge whose MAC is its number, from 1: the first is the root where nobody says otherwise.</summary>
    public Bridge Add(BridgeOptions options)
    {
        var number = Bridges.Count + 1;
        var bridge = new Bridge(new Machine(World, $"b{number}"), $"br{number}", 1, options with { MacIsSet = true });
        bridge.StartWith((ulong)number);
        Bridges.Add(bridge);
        return bridge;
    }

    /// <summary>A cable between two bridges, numbered as the ports of each are.</summary>
    public Cable Join(Bridge one, Bridge other, BridgePortOptions? atOne = null, BridgePortOptions? atOther = null, long rate = Nic.VethSpeed)
    {
        var (a, b) = (End(one, rate), End(other, rate));
        one.Join(a, atOne ?? new());
        other.Join(b, atOther ?? new());
        Cables.Add(new(a, b));
        return Cables[^1];
    }

    public Nic AddGuest(Bridge bridge)
    {
        var (port, guest) = (End(bridge, Nic.VethSpeed), new Nic(new Machine(World, $"m{macs}"), "eth0", 1));
        guest.StartWith((ulong)(0x0200_0000_0000 + macs++));
        bridge.Join(port, new());
        Cables.Add(new(port, guest));
        guest.Open();
        return guest;
    }

    public Town Open()
    {
        foreach (var bridge in Bridges)
        {
            foreach (var port in bridge.Ports)
                port.Device.Open();
            bridge.Open();
        }
        return this;
    }

    public Town Wait(long time)
    {
        World.Time.RunUntil(World.Time.Now + time, 10_000_000).ShouldBeTrue();
        return this;
    }

    public void Say(Nic from, ulong to)
    {
        var frame = World.Frames.Rent();
        frame.Begin(Ethernet.Shortest, Ethernet.Shortest);
        (frame.Destination, frame.Source, frame.EtherType) = (to, from.Mac, 0x88b5);
        from.Send(frame);
    }

    /// <summary>The states of a bridge's ports, a letter each.</summary>
    public static string States(Bridge bridge) => string.Concat(bridge.Ports.Select(port => port.State switch
    {
        PortState.Forwarding => 'F',
        PortState.Blocking => 'B',
        PortState.Listening => 'l',
        PortState.Learning => 'L',
        _ => '-',
    }));

    public string States() => string.Join(' ', Bridges.Select(States));

    private Nic End(Bridge bridge, long rate)
    {
        var nic = new Nic(bridge.Machine, $"p{bridge.Ports.Count + 1}", 10 + bridge.Ports.Count) { Rate = rate };
        nic.StartWith((ulong)(0x0200_0000_0000 + macs++));
        return nic;
    }
}
