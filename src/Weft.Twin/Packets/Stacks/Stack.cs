// What a machine does with frames that are for itself: ARP, neighbour discovery, IP and ICMP.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Stacks;

internal sealed class Stack(Machine machine)
{
    public Machine Machine { get; } = machine;

    /// <summary>A frame that nobody below took. The frame is the stack's from here on.</summary>
    public void Receive(Frame frame, Netdev device) => Machine.World.Drop(frame, device, "nobody here wants it");

    /// <summary>A link of this machine said something.</summary>
    public void Hear(Netdev device, Change change) => _ = Machine;
}
