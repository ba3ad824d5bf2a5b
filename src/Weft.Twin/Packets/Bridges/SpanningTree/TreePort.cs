// A bridge port's part in the spanning tree: what it last heard of the way to the root (IEEE 802.1D-1998 clause 8.5.5), and its timers.

using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bridges.SpanningTree;

internal sealed class TreePort
{
    private const int NumberBits = 10;

    public TreePort(BridgePort port)
    {
        var tree = port.Bridge.Tree;
        var time = port.Bridge.World.Time;
        Id = (ushort)((port.Options.Priority << NumberBits) | (port.Number & ((1 << NumberBits) - 1)));
        MessageAge = new(time, () => tree.Forgotten(port));
        ForwardDelay = new(time, () => tree.Advance(port));
        Hold = new(time, () => tree.Held(port));
    }

    /// <summary>Its priority above its number.</summary>
    public ushort Id { get; }

    /// <summary>What the way to the root costs more over this port.</summary>
    public uint PathCost { get; set; } = 100;

    public ulong DesignatedRoot { get; set; }
    public uint DesignatedCost { get; set; }

    /// <summary>The bridge that speaks for the cable at this port; the port's own bridge where it is a designated port.</summary>
    public ulong DesignatedBridge { get; set; }

    public ushort DesignatedPort { get; set; }

    /// <summary>When the root said what was last heard here.</summary>
    public long DesignatedAge { get; set; }

    /// <summary>The next BPDU here acknowledges a topology change notification.</summary>
    public bool Acknowledges { get; set; }

    /// <summary>A BPDU waits for <see cref="Hold"/>.</summary>
    public bool IsPending { get; set; }

    /// <summary>What was heard here is forgotten then.</summary>
    public Timer MessageAge { get; }

    public Timer ForwardDelay { get; }

    /// <summary>Until it goes off no further BPDU leaves here (BR_HOLD_TIME).</summary>
    public Timer Hold { get; }

    public void StopTimers()
    {
        MessageAge.Stop();
        ForwardDelay.Stop();
        Hold.Stop();
    }
}
