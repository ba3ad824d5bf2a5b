// A learning bridge (net/bridge).

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bridges;

internal sealed class Bridge(Machine machine, string name, int index) : Netdev(machine, name, index)
{
    protected override void Transmit(Frame frame) => World.Drop(frame, this, "a bridge without ports");
}
