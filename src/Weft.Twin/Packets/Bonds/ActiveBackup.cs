// active-backup: one port sends and receives, the others wait. Whatever its link is, all goes to the active one until the monitor makes another
// active: that is the outage (bond_xmit_activebackup).

using Weft.Twin.Packets.Bonds.Actives;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal sealed class ActiveBackup(Bond bond) : BondMode(bond)
{
    public override bool Elects => true;

    public override void Transmit(Frame frame)
    {
        if (Bond.Active is { } active)
            Bond.SendOver(active, frame, "it is the active port");
        else
            Bond.World.Drop(frame, Bond, "it has no active port");
    }

    public override void Joined(BondPort port) => port.Disable();

    public override void MadeUp(BondPort port)
    {
        // It stays a backup until it is elected.
    }

    public override void MadeDown(BondPort port) => port.Disable();

    public override void Elected(BondPort? before, BondPort? now)
    {
        if (now is null)
            return;
        MovingMac.Move(Bond, before, now);
        Bond.Election.Notices.Begin();
    }
}
