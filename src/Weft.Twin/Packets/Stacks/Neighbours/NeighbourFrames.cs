// Frames that ask for neighbours and answer: a stack's own, and those of the bonds below it, which have them made by the stack in the kernel too
// (arp_create, ndisc_ns_create).

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Ip;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal static class ArpFrame
{
    /// <summary>A frame with ARP of MACs for IPv4 addresses, all of it.</summary>
    public static bool IsIn(Frame frame) => frame.EtherType == Ethernet.Arp && ArpPacket.Is(frame.Payload);

    public static Frame New(World world, ushort operation, ulong destination, (ulong Mac, uint Address) sender, (ulong Mac, uint Address) target)
    {
        var frame = world.Frames.Rent();
        frame.Begin(Ethernet.HeaderLength + ArpPacket.Length, Ethernet.HeaderLength + ArpPacket.Length);
        (frame.Destination, frame.Source, frame.EtherType) = (destination, sender.Mac, Ethernet.Arp);
        ArpPacket.Write(frame.Payload, operation, sender.Mac, sender.Address, target.Mac, target.Address);
        return frame;
    }
}

internal static class NeighbourFrame
{
    /// <summary>A solicitation or an advertisement behind no other header.</summary>
    public static bool IsIn(Frame frame) =>
        frame.EtherType == Ethernet.Ip6 && frame.Payload.Length > IpHeader.Length6 && Header.Protocol(frame, false) == IpProtocol.Icmp6 && NeighbourMessage.IsType(Header.Inner(frame, false)[0]);

    /// <summary>To the MAC of the group that it is for; of one for a single address, the MAC is for the caller to say.</summary>
    /// <param name="mac">Whose frame it is, and the MAC that its option tells.</param>
    /// <param name="option">Which option tells the MAC; 0 for none.</param>
    public static Frame New(World world, ulong mac, IpAddr from, IpAddr to, byte type, byte flags, IpAddr target, byte option)
    {
        var length = option == 0 ? NeighbourMessage.Length : NeighbourMessage.LengthWithMac;
        var frame = Header.Begin(world, from, to, IpProtocol.Icmp6, length, length, ttl: NeighbourMessage.HopLimit);
        (frame.Source, frame.Destination) = (mac, to.IsMulticast ? to.GroupMac : 0);
        NeighbourMessage.Write(Header.Inner(frame, false), type, flags, target.Bits, option, mac);
        Header.SumInner(frame, false, 2, true);
        return frame;
    }

    /// <summary>A question to the target's group, with the asker's MAC unless nobody asks.</summary>
    public static Frame Solicitation(World world, ulong mac, IpAddr from, IpAddr target) =>
        New(world, mac, from, target.SolicitedNode, IcmpType.NeighbourSolicitation, 0, target, from.IsNone ? (byte)0 : NeighbourMessage.SourceMac);
}
