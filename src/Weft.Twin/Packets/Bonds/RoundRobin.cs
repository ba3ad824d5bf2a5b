// balance-rr.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal sealed class RoundRobin(Bond bond) : BondMode(bond)
{
    private uint sent;

    public override void Transmit(Frame frame)
    {
        for (var (i, first) = (0, (int)(sent++ % (uint)Math.Max(1, Bond.Ports.Count))); i < Bond.Ports.Count; i++)
            if (Bond.Ports[(first + i) % Bond.Ports.Count] is { CanSend: true } port)
            {
                Bond.SendOver(port, frame, "its turn");
                return;
            }
        Bond.World.Drop(frame, Bond, "no port can send");
    }
}
