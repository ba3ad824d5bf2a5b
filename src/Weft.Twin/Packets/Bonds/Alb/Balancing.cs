// balance-tlb and balance-alb (drivers/net/bonding/bond_alb.c): every port sends from a MAC of its own, and the active one has the bond's, to which
// everybody sends; balance-alb has IPv4 neighbours send to the others as well. A frame that another port than the active one
// sends has that port's MAC as its source, whosever it was.

using Weft.Twin.Hashing;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bonds.Alb;

internal sealed class Balancing : BondMode
{
    public const int TicksPerSecond = 10;

    private readonly bool isAlb, isDynamic;
    private readonly TransmitTable table;
    private readonly Timer clock;

    /// <summary>Ticks since the last learning packets, and since the table was last emptied.</summary>
    private long sinceLearning, sinceRebalance;

    public Balancing(Bond bond, bool isAlb)
        : base(bond)
    {
        (this.isAlb, isDynamic, table, clock) = (isAlb, bond.Options.TlbDynamicLb, new(bond), new(bond.World.Time, Tick));
        if (isAlb)
            Clients = new(bond);
    }

    /// <summary>Who was told what; null of balance-tlb.</summary>
    public ClientTable? Clients { get; }

    public override bool Elects => true;
    public override bool Hashes => true;
    public override bool NeedsSpeed => true;
    public override bool SendsInactive => true;

    public override void Joined(BondPort port)
    {
        port.IsBackup = false;
        port.Disable();
        table.Joined(port);
        Unbalance();
    }

    /// <summary>All kinds of frames and all clients are spread again at the next tick.</summary>
    private void Unbalance()
    {
        sinceRebalance = TransmitTable.Interval * TicksPerSecond;
        Clients?.Unbalance();
    }

    public override void Opened()
    {
        table.Forget();
        Clients?.Forget();
        // Without balancing by load there is nothing that ticks, and no learning packet either.
        if (isDynamic || isAlb)
            clock.Start(0);
    }

    public override void Closed() => clock.Stop();

    public override void Transmit(Frame frame)
    {
        var port = isAlb ? ChooseOfAlb(frame) : ChooseOfTlb(frame);
        var chosen = port is not null;
        if (port is null)
        {
            port = Bond.Active;
            if (isDynamic)
                table.Unbalanced(frame.Length);
        }
        if (port is { CanSend: true })
        {
            if (port != Bond.Active)
            {
                if (frame.IsWatched && frame.Source != port.Device.Mac)
                    Bond.World.Note(frame, Bond, "rewrote", $"the source {Ethernet.Print(frame.Source)} to {Ethernet.Print(port.Device.Mac)}, the MAC of {port}");
                frame.Source = port.Device.Mac;
            }
            Bond.SendOver(port, frame, frame.IsWatched ? Why(frame, chosen) : "");
            return;
        }
        if (port is not null && isDynamic)
            table.Clear(port, remembers: false);
        Bond.World.Drop(frame, Bond, "the chosen port cannot send");
    }

    private string Why(Frame frame, bool chosen) =>
        !chosen ? "such a frame is not balanced, and it is the active port" : frame.EtherType == Ethernet.Arp ? "the client of this ARP is to send to it"
            : isDynamic ? "it had most room when the first of these frames came" : PortByHash.Why(Bond, frame);

    /// <summary>Null: not balanced.</summary>
    private BondPort? ChooseOfTlb(Frame frame) =>
        !Balanced.ByTlb(frame.Bytes) ? null : isDynamic ? table.Choose((int)(PortByHash.Hash(Bond, frame) & 0xff), frame.Length) : PortByHash.Choose(Bond, frame);

    /// <summary>Null: not balanced.</summary>
    private BondPort? ChooseOfAlb(Frame frame)
    {
        if (frame.EtherType == Ethernet.Arp)
            return Clients!.Sending(frame);
        var destination = Balanced.ByAlb(frame.Bytes);
        if (destination.IsEmpty)
            return null;
        if (!isDynamic)
            return PortByHash.Choose(Bond, frame);
        var kind = 0;
        foreach (var part in destination)
            kind ^= part;
        return table.Choose(kind, frame.Length);
    }

    public override bool Inspect(BondPort port, Frame frame)
    {
        if (frame.EtherType == Ethernet.Arp)
            Clients?.Received(frame);
        return false;
    }

    public override bool AcceptsInactive(BondPort port, Frame frame) => isAlb && frame.Cast is Cast.Host or Cast.OtherHost;

    /// <summary>A bridge above knows the bond's MAC only.</summary>
    public override void Received(BondPort port, Frame frame)
    {
        if (!isAlb || frame.Cast != Cast.Host || Bond.Master is not Bridge || frame.Destination == Bond.Mac)
            return;
        if (frame.IsWatched)
            Bond.World.Note(frame, Bond, "rewrote", $"the destination {Ethernet.Print(frame.Destination)} to {Ethernet.Print(Bond.Mac)}, which the bridge {Bond.Master.Name} knows");
        frame.Destination = Bond.Mac;
    }

    public override void HealthChanged(BondPort port)
    {
        if (port.Health == Health.Up)
            Unbalance();
        else
        {
            table.Clear(port, remembers: false);
            Clients?.Clear(port);
            if (isAlb && port != Bond.Active)
                Teach(port.Device.Mac);
        }
        if (!isDynamic)
            Bond.Rebuild();
    }

    /// <summary>The switch is to send what is for the MAC of a port that failed to the active one (rlb_teach_disabled_mac_on_primary).</summary>
    private void Teach(ulong mac)
    {
        if (Bond.Active is { } active)
            Learning.Send(Bond, active, mac, withMacvlans: false);
    }

    /// <summary>bond_alb_handle_active_change: the new active port takes the bond's MAC from who had it.</summary>
    public override void Elected(BondPort? before, BondPort? now)
    {
        if (now is null)
            return;
        before ??= With(Bond.Mac);
        if (before is not null)
            table.Clear(before, remembers: true);
        table.Clear(now, remembers: true);
        Take(now, before, Bond.Mac);
    }

    /// <summary>bond_alb_init_slave: who comes with a MAC that the bond has, or another port, is given one that is free.</summary>
    public override void Attached(BondPort port)
    {
        if (Bond.Ports.Count == 1 || (port.Device.Mac != Bond.Mac && With(port.Device.Mac) == port))
            return;
        if (port.Device.Mac != Bond.Mac)
            Put(port, Bond.Mac);
        foreach (var other in Bond.Ports)
            if (other != port && !IsTaken(other.OwnMac, port))
            {
                Put(port, other.OwnMac);
                return;
            }
    }

    /// <summary>bond_slave_has_mac, of the ports that were there before this one.</summary>
    private bool IsTaken(ulong mac, BondPort joining)
    {
        foreach (var port in Bond.Ports)
            if (port != joining && port.Device.Mac == mac)
                return true;
        return false;
    }

    private BondPort? With(ulong mac)
    {
        foreach (var port in Bond.Ports)
            if (port.Device.Mac == mac)
                return port;
        return null;
    }

    /// <summary>The active port gets a MAC: from another port, which gets its own for it, or from nobody.</summary>
    private void Take(BondPort active, BondPort? from, ulong mac)
    {
        if (from is null)
        {
            Put(active, mac);
            Learning.Send(Bond, active, mac, withMacvlans: true);
            return;
        }
        var own = active.Device.Mac;
        var its = from.Device.Mac;
        Put(from, own);
        Put(active, its);
        Fasten(from);
        Fasten(active);
        if (isAlb && from.CanSend != active.CanSend)
            Teach((active.CanSend ? from : active).Device.Mac);
    }

    /// <summary>alb_fasten_mac_swap: switches and clients hear of it at once.</summary>
    private void Fasten(BondPort port)
    {
        if (!port.CanSend)
            return;
        Learning.Send(Bond, port, port.Device.Mac, withMacvlans: true);
        Clients?.Moved(port);
    }

    /// <summary>alb_set_slave_mac_addr: of balance-tlb only the kernel's own note of it, which nobody is told of.</summary>
    private void Put(BondPort port, ulong mac)
    {
        if (isAlb)
            port.Device.SetMac(mac);
        else
            port.Device.StartWith(mac);
    }

    /// <summary>bond_alb_set_mac_address: only the active port gets it.</summary>
    public override void GiveMac(ulong mac)
    {
        if (Bond.Active is not { } active)
            return;
        var from = With(mac);
        Take(active, from, mac);
        if (from is null)
            Clients?.Moved(active);
    }

    /// <summary>bond_alb_monitor.</summary>
    private void Tick()
    {
        clock.Start(Bond.World.Kernel.Wait(VirtualTime.Second / TicksPerSecond));
        if (Bond.Ports.Count == 0)
            return;
        if (++sinceLearning >= Bond.Options.LpInterval * TicksPerSecond)
        {
            foreach (var port in Bond.Ports)
                // A MACVLAN is where the active port is; balance-alb, whose clients know better, says nothing of it.
                Learning.Send(Bond, port, port.Device.Mac, withMacvlans: port == Bond.Active && !isAlb);
            sinceLearning = 0;
        }
        if (++sinceRebalance >= TransmitTable.Interval * TicksPerSecond)
        {
            table.Rebalance();
            sinceRebalance = 0;
        }
        Clients?.Tick();
    }
}
