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

internal sealed class BondPort(Bond bond, Netdev device) : IReceiver
{
    public Bond Bond { get; } = bond;
    public Netdev Device { get; } = device;
    public Health Health { get; set; } = Health.Down;

    /// <summary>It may not send (slave->backup).</summary>
    public bool IsBackup { get; set; }

    /// <summary>What it receives is suppressed (slave->inactive).</summary>
    public bool IsInactive { get; set; }

    /// <summary>Polls left of the delay that runs.</summary>
    public long Delay { get; set; }

    /// <summary>How often it failed (Link Failure Count).</summary>
    public long Failures { get; set; }

    /// <summary>bond_slave_can_tx.</summary>
    public bool CanSend => Device.IsRunning && Health == Health.Up && !IsBackup;

    public bool Take(Frame frame)
    {
        if (Bond.Mode.Inspect(this, frame))
            return true;
        if (IsInactive && !Bond.Mode.AcceptsInactive(this, frame))
        {
            Bond.World.Drop(frame, Device, frame.IsWatched ? $"{Bond.Name} takes nothing that arrives at this port while another is active" : "inactive port");
            return true;
        }
        if (frame.IsWatched)
            Bond.World.Note(frame, Device, "received", $"for {Bond.Name}");
        Bond.Mode.Received(this, frame);
        Bond.Receive(frame);
        return true;
    }

    public override string ToString() => Device.Name;
}
