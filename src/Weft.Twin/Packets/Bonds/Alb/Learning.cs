// Learning packets (alb_send_learning_packets): frames from a MAC to itself, by which switches learn at which port it is. One goes untagged,
// and one more with the tag of each VLAN that stands directly on the bond, from that VLAN's own MAC where it has one.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds.Alb;

internal static class Learning
{
    /// <param name="bond">The bond.</param>
    /// <param name="port">The port that sends them.</param>
    /// <param name="mac">Its MAC, or one that it is to stand in for.</param>
    /// <param name="withMacvlans">One more for each MACVLAN above the bond, with the outermost of the tags between (!strict_match).</param>
    public static void Send(Bond bond, BondPort port, ulong mac, bool withMacvlans)
    {
        SendOne(bond, port, mac, Frame.NoTag);
        foreach (var upper in bond.Uppers)
        {
            var tag = upper is VlanDev vlan ? vlan.Id | (vlan.IsService ? Ethernet.ServiceBit : 0) : Frame.NoTag;
            if (upper is VlanDev { FollowsMac: var follows })
                SendOne(bond, port, follows ? mac : upper.Mac, tag);
            if (withMacvlans)
                SendMacvlans(bond, port, upper, tag);
        }
        if (withMacvlans && bond.Master is { } master)
            SendMacvlans(bond, port, master, Frame.NoTag);
    }

    private static void SendMacvlans(Bond bond, BondPort port, Netdev above, int tag)
    {
        if (above is MacvlanDev)
            SendOne(bond, port, above.Mac, tag);
        foreach (var upper in above.Uppers)
            SendMacvlans(bond, port, upper, tag);
        if (above.Master is { } master)
            SendMacvlans(bond, port, master, tag);
    }

    private static void SendOne(Bond bond, BondPort port, ulong mac, int tag)
    {
        var frame = bond.World.Frames.Rent();
        frame.Begin(Ethernet.Shortest, Ethernet.HeaderLength);
        (frame.Destination, frame.Source, frame.EtherType, frame.Tag) = (mac, mac, Ethernet.Loopback, tag);
        port.Device.Send(frame);
    }
}
