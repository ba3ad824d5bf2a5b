// Which frames balance-tlb and balance-alb spread at all (drivers/net/bonding/bond_alb.c): a pure function of a frame's bytes, like the hash. Whatever
// they do not spread goes over the active port.

namespace Weft.Twin.Hashing;

internal static class Balanced
{
    /// <summary>ff02::1 as a MAC, which is to IPv6 what broadcast is to IPv4.</summary>
    private const ulong AllNodes = 0x3333_0000_0001;

    /// <summary>Whether balance-tlb spreads it (bond_xmit_tlb_slave_get): IP to one MAC.</summary>
    public static bool ByTlb(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Ethernet.HeaderLength || Ethernet.IsGroup(Ethernet.ReadMac(frame)))
            return false;
        var etherType = Headers.Number(frame, 12);
        return etherType == Ethernet.Ip4 || (etherType == Ethernet.Ip6 && !IsNeighbour(frame));
    }

    /// <summary>
    /// The destination address, by whose bytes balance-alb spreads (bond_xmit_alb_slave_get); none where it does not. Over what ARP goes, its table of clients says.
    /// </summary>
    public static ReadOnlySpan<byte> ByAlb(ReadOnlySpan<byte> frame)
    {
        const int ip = Ethernet.HeaderLength;
        if (frame.Length < ip || Ethernet.ReadMac(frame) is var to && to == Ethernet.Broadcast)
            return [];
        switch (Headers.Number(frame, 12))
        {
            case Ethernet.Ip4 when Headers.Has(frame, ip, IpHeader.Length4) && frame[ip + 9] != IpProtocol.Igmp && Headers.Word(frame, ip + 16) != uint.MaxValue:
                return frame.Slice(ip + 16, 4);
            // Who has no address yet looks whether anybody has the one it wants.
            case Ethernet.Ip6 when to != AllNodes && !IsNeighbour(frame) && frame.Slice(ip + 8, 16).ContainsAnyExcept((byte)0):
                return frame.Slice(ip + 24, 16);
            default:
                return [];
        }
    }

    /// <summary>A neighbour solicitation or advertisement (alb_determine_nd), or too little of the packet to tell.</summary>
    private static bool IsNeighbour(ReadOnlySpan<byte> frame)
    {
        const int ip = Ethernet.HeaderLength, inner = ip + IpHeader.Length6, least = 8;
        return !Headers.Has(frame, ip, IpHeader.Length6) || (frame[ip + 6] == IpProtocol.Icmp6 && (!Headers.Has(frame, inner, least) || NeighbourMessage.IsType(frame[inner])));
    }
}
