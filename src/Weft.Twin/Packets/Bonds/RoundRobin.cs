// balance-rr: each frame, or so many of them in a row, over the next port. Ports count whether they can send or not; where one cannot, the next one
// that can sends in its place, and so gets twice as much. Group memberships are reported over one port always, so that switches
// find them where they look for them (bond_xmit_roundrobin_slave_get).

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal sealed class RoundRobin(Bond bond) : BondMode(bond)
{
    private readonly long inARow = bond.Options.PacketsPerSlave;

    /// <summary>The last turn; where turns count from zero, the one before the first.</summary>
    private uint sent = bond.World.Kernel.CountsTurnsFromZero ? uint.MaxValue : 0;

    public override void Transmit(Frame frame)
    {
        if (frame.EtherType == Ethernet.Ip4 && frame.Payload.Length > 9 && frame.Payload[9] == IpProtocol.Igmp)
        {
            if ((Bond.Active ?? From(0)) is { } one)
                Bond.SendOver(one, frame, "memberships are reported over one port");
            else
                None(frame);
            return;
        }
        var turn = inARow switch
        {
            0 => (uint)Bond.World.Chance(1L << 32),
            1 => ++sent,
            _ => (uint)(++sent / inARow),
        };
        if (From((int)(turn % (uint)Bond.Ports.Count)) is { } port)
            Bond.SendOver(port, frame, frame.IsWatched ? inARow == 0 ? "by chance (packets_per_slave 0)" : $"its ports take turns, and this is turn {turn}" : "");
        else
            None(frame);
    }

    private void None(Frame frame) => Bond.World.Drop(frame, Bond, "none of its ports can send");

    /// <summary>The first port from one on, and around, that can send (bond_get_slave_by_id).</summary>
    private BondPort? From(int number)
    {
        for (var i = 0; i < Bond.Ports.Count; i++)
            if (Bond.Ports[(number + i) % Bond.Ports.Count] is { CanSend: true } port)
                return port;
        return null;
    }
}
