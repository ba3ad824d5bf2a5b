// 802.3ad (drivers/net/bonding/bond_3ad.c): ports whose other ends agree by LACP act as one. Which port is in which aggregator,
// which aggregator carries the frames and which port passes them is worked out by machines, for all ports in their order, ten
// times a second; a LACPDU that comes in is looked at at once, and what follows from it waits for the next tick.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed class Lacp : BondMode
{
    public const int TicksASecond = 10;

    /// <summary>For so many ticks after the first port joined a bond that is up, no port collects (AD_AGGREGATOR_SELECTION_TIMER); opening the bond makes it one.</summary>
    private const int HeldBackTicks = 8 * TicksASecond;

    private const int NextHeaderAt = 6, NeighbourAt = 40, Icmp6 = 58;

    private readonly Timer timer;
    private readonly long interval;
    private int heldBack;

    public Lacp(Bond bond)
        : base(bond)
    {
        Choice = new(this);
        interval = bond.World.Kernel.Wait(VirtualTime.Second / TicksASecond);
        timer = new(bond.World.Time, Tick);
        bond.World.Polls.Add((timer, () => interval));
    }

    public BondOptions Options => Bond.Options;
    public World World => Bond.World;

    /// <summary>In the order in which they joined.</summary>
    public List<LacpPort> Ports { get; } = [];

    public AggregatorChoice Choice { get; }

    /// <summary>The system identifier; of a bond without its own, the MAC that it had when its first port joined.</summary>
    public ulong System { get; private set; }

    public ushort SystemPriority => Options.AdActorSysPrio;

    /// <summary>The ports that may be sent over are to be listed anew; it is done at the end of the tick.</summary>
    public bool NeedsRebuild { get; set; }

    public bool IsHeldBack => heldBack > 0;

    /// <summary>The aggregator that carries the bond's frames; null where no port's link is up.</summary>
    public Aggregator? Active
    {
        get
        {
            foreach (var port in Ports)
                if (port.Own.IsActive)
                    return port.Own;
            return null;
        }
    }

    public override bool Hashes => Active is not null;

    public override bool EnablesAtOpen => false;

    public override bool NeedsSpeed => true;

    /// <summary>
    /// bond_3ad_set_carrier: an active aggregator with enough links. Nobody need have answered, unless lacp_strict says so.
    /// </summary>
    public override bool HasCarrier =>
        Active is { } active && active.EnabledPorts >= Options.MinLinks
        && (!Options.LacpStrict || active.Ports.Exists(port => port.Says(LacpState.Passing) && port.IsEnabled));

    public override bool IsUsable(BondPort port) => Find(port)?.Aggregator is { IsActive: true };

    public override void Joined(BondPort port)
    {
        if (Ports.Count == 0)
            (System, heldBack) = (Options.AdActorSystem != 0 ? Options.AdActorSystem : Bond.Mac, HeldBackTicks);
        Ports.Add(new(this, port, Ports.Count + 1));
    }

    public override void Opened()
    {
        if (System == 0)
            System = Bond.Mac;
        heldBack = 1;
        // Behind the monitor's first poll, which bond_open asks for before.
        timer.Start(1);
    }

    public override void Closed() => timer.Stop();

    public override void Heard(BondPort port, Change change)
    {
        // Only NETDEV_DOWN does not look at the speed.
        if (change != Change.Down)
            Of(port).WorkOutKey(isDown: false);
    }

    /// <summary>Not yet: the machines have the word.</summary>
    public override void MadeUp(BondPort port) => port.IsBackup = true;

    public override void MadeDown(BondPort port) => Of(port).Disable();

    public override void HealthChanged(BondPort port)
    {
        Of(port).LinkChanged();
        Choice.Choose();
        Rebuild();
    }

    public override void Transmit(Frame frame)
    {
        if (Options.BroadcastNeighbor && IsNeighbourly(frame))
            SendOverAll(frame);
        else
            PortByHash.Send(Bond, frame);
    }

    public override bool Inspect(BondPort port, Frame frame)
    {
        if (frame.EtherType != Ethernet.Slow || frame.Destination != Ethernet.SlowProtocols || frame.Tag >= 0)
            return false;
        var payload = frame.Payload;
        switch (payload.Length > 0 ? payload[0] : 0)
        {
            case Lacpdu.Subtype when Lacpdu.TryRead(payload, out var pdu):
                if (frame.IsWatched)
                    World.Note(frame, port.Device, "received", $"a LACPDU from {LacpPort.Name(pdu.Actor)}, for {Bond.Name} itself");
                Of(port).Receive.Take(pdu);
                break;
            case Marker.Subtype when payload.Length >= Lacpdu.Length && Marker.TryAnswer(payload):
                if (frame.IsWatched)
                    World.Note(frame, port.Device, "answered", "a marker goes back as it came");
                Of(port).Send(frame);
                return true;
            case Marker.Subtype when payload.Length >= Lacpdu.Length:
                break;
            default:
                return false;
        }
        World.Frames.Return(frame);
        return true;
    }

    /// <summary>The aggregator of others that a port goes with.</summary>
    public Aggregator? FindAggregator(LacpPort port)
    {
        foreach (var other in Ports)
            if (other.Own.Ports.Count > 0 && other.Own.Fits(port))
                return other.Own;
        return null;
    }

    public Aggregator? FindFree()
    {
        foreach (var port in Ports)
            if (port.Own.Ports.Count == 0)
                return port.Own;
        return null;
    }

    public void WorkOutCarrier() => Bond.WorkOutCarrier();

    public void Tell(string did, string why) => World.Tell(Bond, did, why);

    private void Tick()
    {
        if (heldBack > 0 && --heldBack == 0 && Ports.Count > 0)
            Choice.Choose();
        foreach (var port in Ports)
            port.Tick();
        if (NeedsRebuild)
            Rebuild();
        if (Options.LacpStrict)
            WorkOutCarrier();
        timer.Start(interval);
    }

    private LacpPort Of(BondPort port) => Find(port) ?? throw new ArgumentException($"{port} is no port of {Bond.Name}", nameof(port));

    /// <summary>Not for every frame: who asks has a LACPDU in hand, or a change of state.</summary>
    private LacpPort? Find(BondPort port)
    {
        foreach (var mine in Ports)
            if (mine.Port == port)
                return mine;
        return null;
    }

    /// <summary>bond_should_broadcast_neighbor: who asks for a neighbour, or is one.</summary>
    private static bool IsNeighbourly(Frame frame) => frame.EtherType switch
    {
        Ethernet.Arp => true,
        Ethernet.Ip6 => frame.Payload is { Length: > NeighbourAt } packet && packet[NextHeaderAt] == Icmp6 && packet[NeighbourAt] is 135 or 136,
        _ => false,
    };

    /// <summary>bond_xmit_broadcast, over the ports that the hash would choose from.</summary>
    private void SendOverAll(Frame frame)
    {
        var usable = Bond.Usable;
        for (var i = 0; i + 1 < usable.Length; i++)
            Bond.SendOver(usable[i], World.Frames.Copy(frame), "broadcast_neighbor: over every port");
        if (usable.Length > 0)
            Bond.SendOver(usable[^1], frame, "broadcast_neighbor: over every port");
        else
            World.Drop(frame, Bond, "none of its ports is usable");
    }

    private void Rebuild()
    {
        NeedsRebuild = false;
        Bond.Rebuild();
    }
}
