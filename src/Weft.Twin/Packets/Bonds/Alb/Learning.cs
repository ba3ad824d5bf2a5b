// Learning packets (alb_send_learning_packets): frames from a MAC to itself, by which switches learn at which port it is. One goes untagged,
// and one more with the tag of each VLAN that stands directly on the bond, from that VLAN's own MAC where it has one.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds.Alb;

internal static class Learning
{
    public static void Send(Bond bond, BondPort port, ulong mac)
    {
        SendOne(bond, port, mac, Frame.NoTag);
        foreach (var upper in bond.Uppers)
            if (upper is VlanDev vlan)
                SendOne(bond, port, vlan.FollowsMac ? mac : vlan.Mac, vlan.Id | (vlan.IsService ? Ethernet.ServiceBit : 0));
    }

    private static void SendOne(Bond bond, BondPort port, ulong mac, int tag)
    {
        var frame = bond.World.Frames.Rent();
        frame.Begin(Ethernet.Shortest, Ethernet.HeaderLength);
        (frame.Destination, frame.Source, frame.EtherType, frame.Tag) = (mac, mac, Ethernet.Loopback, tag);
        port.Device.Send(frame);
    }
}
