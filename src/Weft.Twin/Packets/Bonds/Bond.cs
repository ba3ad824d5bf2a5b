// A bond (drivers/net/bonding/bond_main.c): its ports, which of them is active, which may be sent over. What the seven modes do
// differently is in a class each; what watches the ports is a monitor.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds;

internal sealed class Bond : Netdev
{
    private BondPort[] usable = [];

    public Bond(Machine machine, string name, int index, BondOptions options)
        : base(machine, name, index)
    {
        Options = options;
        Mode = BondMode.Of(this);
    }

    public BondOptions Options { get; }
    public BondMode Mode { get; }

    /// <summary>In the order in which they joined, which is the order in which hashes count them.</summary>
    public List<BondPort> Ports { get; } = [];

    /// <summary>curr_active_slave, in the modes that have one.</summary>
    public BondPort? Active { get; set; }

    /// <summary>The ports among which a hash chooses (bond_up_slave.arr), in the order in which they joined.</summary>
    public ReadOnlySpan<BondPort> Usable => usable;

    public override long Speed => Ports.Where(port => port.CanSend).Sum(port => port.Device.Speed);

    /// <summary>A link becomes a port, as it was when the machine was put together: the MACs are as the state has them.</summary>
    public BondPort Join(Netdev device)
    {
        var port = new BondPort(this, device);
        Ports.Add(port);
        (device.Master, device.Receiver) = (this, port);
        return port;
    }

    /// <summary>bond_update_slave_arr: who may be sent over may have changed.</summary>
    public void Rebuild() => usable = [.. Ports.Where(port => port.CanSend && Mode.IsUsable(port))];

    protected override void Transmit(Frame frame) => Mode.Transmit(frame);

    /// <summary>The chosen port sends a frame of the bond's.</summary>
    public void SendOver(BondPort port, Frame frame, string why)
    {
        if (frame.IsWatched)
            World.Note(frame, this, "chose", $"{port.Device.Name}: {why}");
        port.Device.Send(frame);
    }
}
