// A bond (drivers/net/bonding/bond_main.c): its ports, which of them is active, which may be sent over. What the seven modes do
// differently is in a class each; what watches the ports is a monitor; which port is active is the election's.

using Weft.Twin.Packets.Bonds.Actives;
using Weft.Twin.Packets.Bonds.Monitors;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Bonds;

internal sealed class Bond : Netdev
{
    private readonly LinkMonitor? linkMonitor;
    private BondPort[]? usable;

    public Bond(Machine machine, string name, int index, BondOptions options)
        : base(machine, name, index)
    {
        Options = options;
        Routes = machine.Stack;
        Mode = BondMode.Of(this);
        Election = new(this);
        // Each of the two switches the other off (bond_option_miimon_set, bond_option_arp_interval_set).
        if (options.Miimon > 0)
            linkMonitor = new(this);
        else if (options.ArpInterval > 0)
            ArpMonitor = ArpMonitor.Of(this);
    }

    public BondOptions Options { get; }
    public BondMode Mode { get; }
    public Election Election { get; }
    public ArpMonitor? ArpMonitor { get; }

    /// <summary>What its machine's stack knows of addresses and routes; null where it knows nothing.</summary>
    public IRoutes? Routes { get; set; }

    /// <summary>In the order in which they joined, which is the order in which hashes count them.</summary>
    public List<BondPort> Ports { get; } = [];

    /// <summary>curr_active_slave. Every mode has one; only where <see cref="BondMode.Elects"/> says so is it told to anybody (IFLA_BOND_ACTIVE_SLAVE).</summary>
    public BondPort? Active { get; internal set; }

    /// <summary>The ports among which a hash chooses (bond_up_slave.arr), in the order in which they joined.</summary>
    public ReadOnlySpan<BondPort> Usable => usable;

    /// <summary>There is an array, and nothing in it.</summary>
    public bool HasNoneUsable => usable is { Length: 0 };

    /// <summary>What its ports that can send add up to; where each frame goes over all of them, the slowest (bond_ethtool_get_link_ksettings).</summary>
    public override long Speed
    {
        get
        {
            var speeds = Ports.Where(port => port.CanSend && port.Device.Speed > 0).Select(port => port.Device.Speed);
            return Mode is Broadcasting ? speeds.DefaultIfEmpty().Min() : speeds.Sum();
        }
    }

    public BondPort Join(Netdev device) => Join(device, new());

    /// <summary>A link becomes a port, as it was when the machine was put together: the MACs are as the state has them (bond_enslave).</summary>
    public BondPort Join(Netdev device, BondPortOptions options)
    {
        var port = new BondPort(this, device, options, Ports.Count);
        Ports.Add(port);
        (device.Master, device.Receiver) = (this, port);
        port.Health = !device.HasCarrier && (linkMonitor ?? (object?)ArpMonitor) is not null ? Health.Down : linkMonitor is not null && Options.Updelay > 0 ? Health.Back : Health.Up;
        port.Delay = Options.Updelay;
        if (port.Health != Health.Down)
            port.UpAt = World.Time.Now;
        ArpMonitor?.Joined(port);
        Mode.Joined(port);
        // In a trunk it means little, and is given without ado to the first that is up.
        if (Mode.Elects && linkMonitor is null)
            Attach(port);
        else if (!Mode.Elects && Active is null && port.Health == Health.Up)
            Active = port;
        WorkOutCarrier();
        Rebuild();
        return port;
    }

    /// <summary>All that joined before it was opened for the first time have their parts and MACs: from then on a change of the active port is told to neighbours.</summary>
    internal bool IsAssembled { get; private set; }

    /// <summary>The MACs that a port brings may be others' already, and it may be elected at once.</summary>
    private void Attach(BondPort port)
    {
        Mode.Attached(port);
        Election.Hold(joining: port);
    }

    /// <summary>
    /// With a monitor the kernel looks at each port's carrier as it joins, and elects; here nobody has carrier before machines are opened. So it is done when the bond is: one
    /// port after the other, since which MACs go where depends on the order.
    /// </summary>
    private void Assemble()
    {
        var joined = Ports.ToArray();
        Ports.Clear();
        foreach (var port in joined)
        {
            Ports.Add(port);
            if (port.IsRunning && (!Mode.NeedsSpeed || port.Device.Speed > 0))
                (port.Health, port.Delay, port.UpAt) = (Options.Updelay > 0 ? Health.Back : Health.Up, Options.Updelay, World.Time.Now);
            Attach(port);
        }
        WorkOutCarrier();
    }

    /// <summary>bond_update_slave_arr: who may be sent over may have changed.</summary>
    public void Rebuild() => usable = Mode.Hashes ? [.. Ports.Where(port => port.CanSend && Mode.IsUsable(port))] : null;

    /// <summary>bond_set_carrier.</summary>
    public void WorkOutCarrier() => SetCarrier(Mode.HasCarrier);

    protected override void Transmit(Frame frame)
    {
        if (Ports.Count == 0)
            World.Drop(frame, this, "it has no port");
        else if (!HasCarrier)
            // Its queue is taken away with its carrier (dev_deactivate), also where ports could still send.
            World.Drop(frame, this, "it has no carrier");
        else
            Mode.Transmit(frame);
    }

    /// <summary>The chosen port sends a frame of the bond's.</summary>
    public void SendOver(BondPort port, Frame frame, string why)
    {
        if (frame.IsWatched)
            World.Note(frame, this, "chose", $"{port.Device.Name}: {why}");
        port.Device.Send(frame);
    }

    protected override void Opened()
    {
        if (!IsAssembled && Mode.Elects && linkMonitor is not null)
            Assemble();
        IsAssembled = true;
        foreach (var port in Ports)
            if (Mode.Elects && port != Active)
                port.Disable();
            else if (Mode.EnablesAtOpen)
                port.Enable();
        Mode.Opened();
        linkMonitor?.Start();
        ArpMonitor?.Start();
        Rebuild();
    }

    protected override void Closed()
    {
        linkMonitor?.Stop();
        ArpMonitor?.Stop();
        Election.Stop();
        Mode.Closed();
    }

    public override void Hear(Netdev lower, Change change)
    {
        if (lower.Receiver is not BondPort port || port.Bond != this)
            return;
        if (change is Change.Up or Change.Down or Change.Carrier)
        {
            Mode.Heard(port, change);
            Rebuild();
        }
        else if (change is Change.ResendIgmp)
            Announce(change);
    }

    /// <summary>bond_set_mac_address. Where the MAC goes with the active port, or the active port with the MAC, nothing happens.</summary>
    public override void SetMac(ulong mac)
    {
        if (Mode is ActiveBackup && Options.FailOverMac != FailOverMac.None)
            return;
        Mode.GiveMac(mac);
        TakeMac(mac);
    }

    /// <summary>The bond's own MAC, without its ports' (bond_set_dev_addr).</summary>
    internal void TakeMac(ulong mac)
    {
        base.SetMac(mac);
        Mode.MacChanged();
    }
}
