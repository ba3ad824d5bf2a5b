// broadcast: every frame over every port that is up, so that a receiver behind one switch gets it as often as there are ports (bond_xmit_broadcast).

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal sealed class Broadcasting(Bond bond) : BondMode(bond)
{
    public override void Transmit(Frame frame)
    {
        BondPort? last = null;
        foreach (var port in Bond.Ports)
        {
            if (port is not { IsRunning: true, Health: Health.Up })
                continue;
            if (last is not null)
                Bond.SendOver(last, Bond.World.Frames.Copy(frame), "a copy for every port");
            last = port;
        }
        if (last is not null)
            Bond.SendOver(last, frame, "a copy for every port");
        else
            Bond.World.Drop(frame, Bond, "none of its ports is up");
    }
}
