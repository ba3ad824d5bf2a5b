// A bond of a host, each of its ports cabled to a NIC of another machine that keeps everything that comes, and whatever else a test of a bond needs.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Tests.Packets.Bonds;

/// <summary>A frame that came to somebody.</summary>
internal sealed record Came(long At, int Port, ulong To, ulong From, ushort Type, int Tag, byte[] Payload)
{
    public long Millisecond => At / VirtualTime.Millisecond;
    public uint Word(int at) => BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(at));
    public ulong MacAt(int at) => BinaryPrimitives.ReadUInt64BigEndian(Payload.AsSpan(at)) >> 16;
    public int Operation => BinaryPrimitives.ReadUInt16BigEndian(Payload.AsSpan(6));
}

internal sealed class Rig
{
    public const ulong HostMac = 0x02_00_00_00_00_10, FarMac = 0x02_00_00_00_00_f0;

    /// <summary>10.0.0.1 of the host and 10.0.0.9 of the other machine.</summary>
    public const uint HostIp = 0x0a000001, FarIp = 0x0a000009;

    /// <summary>A kernel whose timers go off when they are due, so that figures are those that were asked for.</summary>
    public static KernelVersion Exact { get; } = KernelVersion.Linux61 with { Hz = 0 };

    private readonly Timer traffic;
    private long spacing;
    private Action? send;

    public Rig(BondOptions options, int ports = 2, Func<int, BondPortOptions>? each = null, ulong? bondMac = null, Func<int, ulong>? macs = null, KernelVersion? kernel = null)
    {
        World = new() { Kernel = kernel ?? Exact };
        Host = new(World, "host");
        Far = new(World, "far");
        traffic = new(World.Time, Tick);
        Bond = new(Host, "bond0", 100, options) { Routes = Stack };
        Bond.StartWith(bondMac ?? HostMac);
        Bond.Receiver = new Catcher(this, Taken, -1);
        for (var i = 0; i < ports; i++)
        {
            Nic near = new(Host, $"eth{i}", i + 1), far = new(Far, $"p{i}", i + 1);
            near.StartWith(macs?.Invoke(i) ?? HostMac);
            far.StartWith(FarMac + (ulong)i);
            far.Receiver = new Catcher(this, Arrived, i);
            Nics.Add(near);
            FarNics.Add(far);
            Cables.Add(new(near, far));
            Bond.Join(near, each?.Invoke(i) ?? new());
        }
    }

    public World World { get; }
    public Machine Host { get; }
    public Machine Far { get; }
    public Bond Bond { get; }
    public Known Stack { get; } = new();
    public List<Nic> Nics { get; } = [];
    public List<Nic> FarNics { get; } = [];
    public List<Cable> Cables { get; } = [];

    /// <summary>What came to the other machine, and what the bond gave to the host's own stack.</summary>
    public List<Came> Arrived { get; } = [];
    public List<Came> Taken { get; } = [];

    /// <summary>What the other machine does with a frame, by the number of its NIC.</summary>
    public Action<int, Frame>? Answers { get; set; }

    public long Now => World.Time.Now / VirtualTime.Millisecond;
    public Weft.Twin.Packets.Bonds.BondPort this[int port] => Bond.Ports[port];

    public Rig Open()
    {
        foreach (var nic in FarNics.Concat(Nics))
            nic.Open();
        Bond.Open();
        return this;
    }

    /// <summary>Lets so many milliseconds pass.</summary>
    public void Run(long milliseconds) => World.Time.RunUntil(World.Time.Now + milliseconds * VirtualTime.Millisecond).ShouldBeTrue();

    public void RunTo(long millisecond) => World.Time.RunUntil(millisecond * VirtualTime.Millisecond).ShouldBeTrue();

    public Frame New(ulong to, ulong from, ushort type, params ReadOnlySpan<byte> payload)
    {
        var frame = World.Frames.Rent();
        frame.Begin(1000, Ethernet.HeaderLength + Math.Max(46, payload.Length));
        (frame.Destination, frame.Source, frame.EtherType) = (to, from, type);
        payload.CopyTo(frame.Payload);
        return frame;
    }

    /// <summary>A packet of the host's to an IPv4 address.</summary>
    public void SendIp(ulong to = FarMac, uint address = FarIp, byte protocol = 17, ulong from = HostMac)
    {
        var frame = New(to, from, Ethernet.Ip4);
        (frame.Payload[0], frame.Payload[9]) = (0x45, protocol);
        BinaryPrimitives.WriteUInt32BigEndian(frame.Payload[12..], HostIp);
        BinaryPrimitives.WriteUInt32BigEndian(frame.Payload[16..], address);
        Bond.Send(frame);
    }

    /// <summary>A frame from the other machine over one of its NICs.</summary>
    public void Back(int port, ulong to, ushort type = Ethernet.Ip4, ulong from = FarMac) => FarNics[port].Send(New(to, from, type));

    /// <summary>Sends every so many milliseconds until it is told not to.</summary>
    public void Every(long milliseconds, Action act)
    {
        (spacing, send) = (milliseconds * VirtualTime.Millisecond, act);
        traffic.Start(spacing);
    }

    public void Quiet() => traffic.Stop();

    /// <summary>The longest time in milliseconds in which none of these frames came.</summary>
    public long Longest(Func<Came, bool> which)
    {
        var times = Arrived.Where(which).Select(came => came.At).ToList();
        return times.Zip(times.Skip(1), (one, next) => next - one).Max() / VirtualTime.Millisecond;
    }

    /// <summary>Which ports these frames came by, in their order.</summary>
    public int[] PortsOf(ushort type = Ethernet.Ip4) => [.. Arrived.Where(came => came.Type == type).Select(came => came.Port)];

    /// <summary>Nothing that was ever sent is lost track of.</summary>
    public void End()
    {
        Quiet();
        Run(1);
        World.Frames.Out.ShouldBe(0);
    }

    private void Tick()
    {
        traffic.Start(spacing);
        send!();
    }

    private sealed class Catcher(Rig rig, List<Came> kept, int number) : IReceiver
    {
        public bool Take(Frame frame)
        {
            kept.Add(new(rig.World.Time.Now, number, frame.Destination, frame.Source, frame.EtherType, frame.Tag, frame.Payload.ToArray()));
            if (number >= 0)
                rig.Answers?.Invoke(number, frame);
            rig.World.Frames.Return(frame);
            return true;
        }
    }
}

/// <summary>Addresses and routes as a test says them.</summary>
internal sealed class Known : IRoutes
{
    public Dictionary<Netdev, IPAddress> Addresses { get; } = [];
    public Dictionary<IPAddress, Netdev> Routes { get; } = [];

    public (Netdev Device, IPAddress? Source)? RouteTo(IPAddress target, Netdev? over) =>
        Routes.TryGetValue(target, out var device) && (over is null || over == device) ? (device, Addresses.GetValueOrDefault(device)) : null;

    public bool HasAddress(Netdev device, ReadOnlySpan<byte> address) =>
        Addresses.TryGetValue(device, out var own) ? address.SequenceEqual(own.GetAddressBytes()) : address.Length == 4 && address.IndexOfAnyExcept((byte)0) < 0;

    public Netdev? OwnerOf(ReadOnlySpan<byte> address)
    {
        foreach (var (device, own) in Addresses)
            if (address.SequenceEqual(own.GetAddressBytes()))
                return device;
        return null;
    }
}

/// <summary>A link above the bond that keeps what it hears of.</summary>
internal sealed class Listening(Machine machine) : Netdev(machine, "above", 99)
{
    public List<(long At, Change Change)> Heard { get; } = [];

    public int Count(Change change) => Heard.Count(heard => heard.Change == change);

    public override void Hear(Netdev lower, Change change) => Heard.Add((World.Time.Now / VirtualTime.Millisecond, change));

    protected override void Transmit(Frame frame) => World.Drop(frame, this, "nothing is sent here");
}
