// A port of a bond (struct slave), and the door through which its frames come to the bond (bond_handle_frame).

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds;

/// <summary>What a monitor makes of a port's link (BOND_LINK_*).</summary>
internal enum Health
{
    Up,

    /// <summary>Its carrier is lost, and downdelay runs.</summary>
    Failing,
    Down,

    /// <summary>Its carrier is back, and updelay runs.</summary>
    Back,
}

internal sealed class BondPort(Bond bond, Netdev device, BondPortOptions options, int number) : IReceiver
{
    public Bond Bond { get; } = bond;
    public Netdev Device { get; } = device;
    public BondPortOptions Options { get; } = options;

    /// <summary>From 0 on in the order in which ports joined: where it stands in <see cref="Bond.Ports"/>, and in any table that a mode keeps.</summary>
    public int Number { get; } = number;

    /// <summary>The MAC that it came with (perm_hwaddr).</summary>
    public ulong OwnMac { get; } = device.Mac;

    public Health Health { get; set; } = Health.Down;

    /// <summary>What the monitor's present poll makes of it; null: nothing new (link_new_state).</summary>
    public Health? Proposed { get; set; }

    /// <summary>It may not send (slave->backup).</summary>
    public bool IsBackup { get; set; }

    /// <summary>What it receives is suppressed (slave->inactive).</summary>
    public bool IsInactive { get; set; }

    /// <summary>Polls left of the delay that runs.</summary>
    public long Delay { get; set; }

    /// <summary>How often it failed (Link Failure Count).</summary>
    public long Failures { get; set; }

    /// <summary>Frames that came to it and were suppressed (rx_nohandler).</summary>
    public long Suppressed { get; private set; }

    /// <summary>When it was last taken for up, or became the active one (last_link_up).</summary>
    public long UpAt { get; set; } = long.MinValue / 2;

    /// <summary>Up, and with carrier (bond_slave_is_up).</summary>
    public bool IsRunning => Device.IsRunning;

    /// <summary>bond_slave_can_tx.</summary>
    public bool CanSend => Device.IsRunning && Health == Health.Up && !IsBackup;

    /// <summary>bond_set_slave_active_flags.</summary>
    public void Enable() => (IsBackup, IsInactive) = (false, false);

    /// <summary>bond_set_slave_inactive_flags: with balance-tlb and -alb it goes on sending.</summary>
    public void Disable() => (IsBackup, IsInactive) = (IsBackup || !Bond.Mode.SendsInactive, IsInactive || !Bond.Options.AllSlavesActive);

    public bool Take(Frame frame)
    {
        if (Bond.IsUp)
        {
            Bond.ArpMonitor?.Inspect(this, frame);
            if (Bond.Mode.Inspect(this, frame))
                return true;
        }
        if (IsInactive && !Bond.Mode.AcceptsInactive(this, frame))
        {
            if (Ethernet.IsReserved(frame.Destination))
                return false;
            Suppressed++;
            Bond.World.Drop(frame, Device, frame.IsWatched ? Refusal() : "inactive port");
            return true;
        }
        if (frame.IsWatched)
            Bond.World.Note(frame, Device, "received", $"for {Bond.Name}");
        Bond.Mode.Received(this, frame);
        Bond.Receive(frame);
        return true;
    }

    private string Refusal() =>
        Bond.Mode.Elects ? $"{Bond.Name} takes nothing here while {Bond.Active?.ToString() ?? "no port"} is its active port" : $"{Bond.Name} takes nothing at a port that has no part in its aggregate";

    public override string ToString() => Device.Name;
}
