// A VRF (drivers/net/vrf.c): a routing table with a name. Its ports keep their frames; what is looked up for them is looked up here.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Stacks;

internal sealed class Vrf(Machine machine, string name, int index, long table) : Netdev(machine, name, index)
{
    public long Table { get; } = table;

    public void Join(Netdev port) => port.Master = this;

    /// <summary>No frame leaves over it: what is sent in it leaves over its ports.</summary>
    protected override void Transmit(Frame frame) => World.Drop(frame, this, "a VRF has no wire");
}
