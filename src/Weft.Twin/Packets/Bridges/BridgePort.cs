// A port of a bridge (struct net_bridge_port), and the door through which its frames come to the bridge (br_handle_frame).

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bridges;

internal sealed class BridgePort : IReceiver
{
    public BridgePort(Bridge bridge, Netdev device, BridgePortOptions options, int number)
    {
        (Bridge, Device, Options, Number) = (bridge, device, options, number);
        Vlans = new(options.Vlans);
        Tree = new(this);
    }

    public Bridge Bridge { get; }
    public Netdev Device { get; }
    public BridgePortOptions Options { get; }

    /// <summary>port_no: from 1, in the order in which they joined.</summary>
    public int Number { get; }

    public VlanMap Vlans { get; }

    /// <summary>Its part in the spanning tree.</summary>
    public TreePort Tree { get; }

    public PortState State { get; internal set; } = PortState.Disabled;

    /// <summary>Which port gets what is for this one while it has no carrier.</summary>
    public BridgePort? Backup { get; internal set; }

    /// <summary>Of a switch that stands for a pair: the part that it is cut off in, where the peer link is out. No frame goes from one to another; 0 is that of the first.</summary>
    public int Island { get; set; }

    /// <summary>Whether it is this link, or a bond over it.</summary>
    public bool Has(string link) => Device.Name == link || (Device is Bond bond && bond.Ports.Exists(port => port.Device.Name == link));

    /// <summary>When it was last told that the bridge's own address came in here.</summary>
    internal long ToldOwn { get; set; } = long.MinValue / 2;

    public bool Take(Frame frame) => Bridge.Forwarding.Arrived(this, frame);

    /// <summary>What the way to the root costs over it follows its speed, where nobody set it.</summary>
    internal void LearnCost()
    {
        if (Options.Cost > 0)
            Tree.PathCost = (uint)Options.Cost;
        else if (Device.IsRunning)
            Tree.PathCost = (uint)BridgePortLines.CostOf(Device.Speed);
    }

    public override string ToString() => Device.Name;
}
