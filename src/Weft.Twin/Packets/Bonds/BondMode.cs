// What a mode decides: which port sends a frame, which frames a port without a part in it takes, and what follows when a port comes or goes.
// Everything that the modes have in common, the monitors, the election of an active port and the failover, is the bond's.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds.Alb;
using Weft.Twin.Packets.Frames;
using Change = Weft.Twin.Packets.Links.Change;

namespace Weft.Twin.Packets.Bonds;

internal abstract class BondMode(Bond bond)
{
    protected Bond Bond { get; } = bond;

    public static BondMode Of(Bond bond) => bond.Options.Mode switch
    {
        BondLines.RoundRobin => new RoundRobin(bond),
        BondLines.ActiveBackup => new ActiveBackup(bond),
        BondLines.Xor => new Xor(bond),
        BondLines.Broadcast => new Broadcasting(bond),
        BondLines.Tlb => new Balancing(bond, isAlb: false),
        BondLines.Alb => new Balancing(bond, isAlb: true),
        BondLines.Lacp => new Lacp.Lacp(bond),
        _ => throw new ArgumentException($"there is no mode {bond.Options.Mode}", nameof(bond)),
    };

    /// <summary>One port is elected, and only it takes what arrives (bond_uses_primary).</summary>
    public virtual bool Elects => false;

    /// <summary>There is an array of ports that a hash chooses from (bond_mode_can_use_xmit_hash). Of 802.3ad: only while an aggregator is active.</summary>
    public virtual bool Hashes => false;

    /// <summary>A port that is not the elected one goes on sending (bond_is_lb).</summary>
    public virtual bool SendsInactive => false;

    /// <summary>Opening the bond enables the ports, all or the elected one; 802.3ad leaves that to its machines.</summary>
    public virtual bool EnablesAtOpen => true;

    /// <summary>A port whose speed nobody knows is not taken for up (bond_needs_speed_duplex).</summary>
    public virtual bool NeedsSpeed => false;

    /// <summary>Sends a frame over one port, over several, or over none. The frame is the mode's from here on.</summary>
    public abstract void Transmit(Frame frame);

    /// <summary>recv_probe: looks at a frame before anything else does, at every port, while the bond is open.</summary>
    /// <returns>True where the frame was for the bond itself, and is gone.</returns>
    public virtual bool Inspect(BondPort port, Frame frame) => false;

    /// <summary>Whether a frame is taken though the port has no part in the traffic (bond_should_deliver_exact_match).</summary>
    public virtual bool AcceptsInactive(BondPort port, Frame frame) => false;

    /// <summary>A frame is taken, and goes up to the bond.</summary>
    public virtual void Received(BondPort port, Frame frame)
    {
    }

    /// <summary>Whether a port that can send is one of those that a hash chooses from.</summary>
    public virtual bool IsUsable(BondPort port) => true;

    /// <summary>A port joined, and its <see cref="BondPort.Health"/> is set: says whether it may send and receive (the switch in bond_enslave).</summary>
    public virtual void Joined(BondPort port) => port.Enable();

    /// <summary>A port joins, with the MAC that it had by itself, before anybody is elected for it.</summary>
    public virtual void Attached(BondPort port)
    {
    }

    /// <summary>bond_open, after every port was enabled or disabled and before the monitor's first poll.</summary>
    public virtual void Opened()
    {
    }

    /// <summary>bond_close.</summary>
    public virtual void Closed()
    {
    }

    /// <summary>A port went up or down, or its carrier came or went (bond_slave_netdev_event): at once, before any poll. The array is rebuilt after this.</summary>
    public virtual void Heard(BondPort port, Change change)
    {
    }

    /// <summary>A monitor takes a port for up: says whether it may send, and receive. In most modes it may do so at once (bond_miimon_commit).</summary>
    public virtual void MadeUp(BondPort port) => port.IsBackup = false;

    /// <summary>A monitor takes a port for down.</summary>
    public virtual void MadeDown(BondPort port)
    {
    }

    /// <summary>The monitor has made up its mind: the port's <see cref="BondPort.Health"/> is Up or Down now (bond_miimon_link_change).</summary>
    public virtual void HealthChanged(BondPort port)
    {
    }

    /// <summary>A poll by miimon found nothing new at a port that is up.</summary>
    public virtual void Polled(BondPort port)
    {
    }

    /// <summary>Whether the bond has carrier (bond_set_carrier).</summary>
    public virtual bool HasCarrier
    {
        get
        {
            foreach (var port in Bond.Ports)
                if (port.Health == Health.Up)
                    return true;
            return false;
        }
    }

    /// <summary>Another port is elected: whatever goes with it but flags and notices. <see cref="Bond.Active"/> is the new one already.</summary>
    public virtual void Elected(BondPort? before, BondPort? now)
    {
    }

    /// <summary>Somebody gives the bond another MAC (bond_set_mac_address): the ports follow.</summary>
    public virtual void GiveMac(ulong mac)
    {
        foreach (var port in Bond.Ports)
            port.Device.SetMac(mac);
    }

    /// <summary>The bond's MAC is another.</summary>
    public virtual void MacChanged()
    {
    }
}
