// balance-xor: a hash of the frame's headers chooses among the ports that can send (bond_3ad_xor_xmit).

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal sealed class Xor(Bond bond) : BondMode(bond)
{
    public override bool Hashes => true;

    public override void Transmit(Frame frame) => PortByHash.Send(Bond, frame);

    public override void HealthChanged(BondPort port) => Bond.Rebuild();
}
