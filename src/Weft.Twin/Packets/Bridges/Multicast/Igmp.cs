// IGMP and MLD in a frame, as far as a bridge looks into them (RFC 2236, 3376, 2710, 3810): what kind it is, and where its groups stand.
// An IPv4 group is written as the IPv6 address that maps it, so that one table holds both.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Bridges.Multicast;

internal enum Message
{
    /// <summary>IP for a group, and no IGMP or MLD.</summary>
    Data,
    Query,

    /// <summary>For one group: IGMPv1, IGMPv2, MLDv1.</summary>
    Report,
    Leave,

    /// <summary>For several groups: IGMPv3, MLDv2.</summary>
    Records,

    /// <summary>No IP, or nothing that concerns memberships.</summary>
    Other,
}

internal static class Igmp
{
    private const byte IgmpQuery = 0x11, IgmpReport1 = 0x12, IgmpReport2 = 0x16, IgmpLeave = 0x17, IgmpReport3 = 0x22;

    private static readonly UInt128 Mapped = (UInt128)0xffff << 32;

    /// <summary>ff02::1.</summary>
    private static readonly UInt128 AllNodes = ((UInt128)0xff02 << 112) | 1;

    public static UInt128 Group4(uint group) => Mapped | group;

    /// <summary>What a frame is, and the group that it is sent to.</summary>
    /// <param name="body">Where its IGMP or ICMPv6 header begins in the payload.</param>
    public static Message Look(Frame frame, out UInt128 group, out int body)
    {
        (group, body) = (0, 0);
        var ip = frame.Payload;
        if (frame.EtherType == Ethernet.Ip4 && ip.Length >= IpHeader.Length4)
        {
            group = Group4(BinaryPrimitives.ReadUInt32BigEndian(ip[16..]));
            body = (ip[0] & 0xf) * 4;
            if (ip[9] != IpProtocol.Igmp || ip.Length < body + 8)
                return Message.Data;
            return ip[body] switch
            {
                IgmpQuery => Message.Query,
                IgmpReport1 or IgmpReport2 => Message.Report,
                IgmpLeave => Message.Leave,
                IgmpReport3 => Message.Records,
                _ => Message.Other,
            };
        }
        if (frame.EtherType != Ethernet.Ip6 || ip.Length < IpHeader.Length6)
            return Message.Other;
        group = BinaryPrimitives.ReadUInt128BigEndian(ip[24..]);
        body = IpHeader.Length6;
        var next = ip[6];
        if (next == IpProtocol.HopByHop && ip.Length > IpHeader.Length6 + 8)
            (next, body) = (ip[IpHeader.Length6], IpHeader.Length6 + 8 + (ip[IpHeader.Length6 + 1] * 8));
        if (next != IpProtocol.Icmp6 || ip.Length < body + 8)
            return Message.Data;
        return ip[body] switch
        {
            IcmpType.ListenerQuery => Message.Query,
            IcmpType.ListenerReport1 => Message.Report,
            IcmpType.ListenerDone => Message.Leave,
            IcmpType.ListenerReport2 => Message.Records,
            _ => Message.Data,
        };
    }

    /// <summary>Groups that every bridge floods: 224.0.0.0/24 and ff02::1.</summary>
    public static bool IsForAll(UInt128 group) => group == AllNodes || group >> 8 == (Mapped | 0xe000_0000) >> 8;

    /// <summary>The group that a query asks for, a report or leave is about; 0 for a general query.</summary>
    public static UInt128 GroupOf(Frame frame, int body)
    {
        var ip = frame.Payload;
        if (frame.EtherType == Ethernet.Ip6)
            return ip.Length < body + 24 ? 0 : BinaryPrimitives.ReadUInt128BigEndian(ip[(body + 8)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(ip[(body + 4)..]) is var group and > 0 ? Group4(group) : 0;
    }

    /// <summary>How long members may take to answer a query.</summary>
    public static long Delay(Frame frame, int body)
    {
        var ip = frame.Payload;
        if (frame.EtherType == Ethernet.Ip6)
            return BinaryPrimitives.ReadUInt16BigEndian(ip[(body + 4)..]) * VirtualTime.Millisecond;
        return ip[body + 1] == 0 ? 10 * VirtualTime.Second : ip[body + 1] * 100 * VirtualTime.Millisecond;
    }

    /// <summary>The records of an IGMPv3 or MLDv2 report, one after the other.</summary>
    /// <param name="at">Where the next one begins; 0 for the first.</param>
    /// <param name="leaves">It wants nothing of the group any more: it includes no sender.</param>
    public static bool Next(Frame frame, int body, ref int at, out UInt128 group, out bool leaves)
    {
        var is6 = frame.EtherType == Ethernet.Ip6;
        var ip = frame.Payload;
        var address = is6 ? 16 : 4;
        at = at == 0 ? body + 8 : at;
        (group, leaves) = (0, false);
        if (ip.Length < at + 4 + address || frame.Length - Ethernet.HeaderLength < at + 4 + address)
            return false;
        var (type, words, senders) = (ip[at], ip[at + 1], BinaryPrimitives.ReadUInt16BigEndian(ip[(at + 2)..]));
        if (type is < 1 or > 6)
            return false;
        group = is6 ? BinaryPrimitives.ReadUInt128BigEndian(ip[(at + 4)..]) : Group4(BinaryPrimitives.ReadUInt32BigEndian(ip[(at + 4)..]));
        leaves = type is 1 or 3 && senders == 0;
        at += 4 + address + (senders * address) + (words * 4);
        return true;
    }

    /// <summary>An IGMPv2 query as a bridge sends it: from 0.0.0.0, with the router alert.</summary>
    /// <param name="group">0 asks for all.</param>
    public static void WriteQuery(Frame frame, ulong source, uint group, long delay)
    {
        const uint AllSystems = 0xe000_0001;
        frame.Begin(Ethernet.Shortest, Ethernet.Shortest);
        var to = group == 0 ? AllSystems : group;
        (frame.Destination, frame.Source, frame.EtherType) = (0x0100_5e00_0000UL | (to & 0x7f_ffff), source, Ethernet.Ip4);
        var ip = frame.Payload;
        ip[0] = 0x46;
        ip[1] = 0xc0;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 32);
        ip[6] = 0x40;
        (ip[8], ip[9]) = (1, IpProtocol.Igmp);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], to);
        BinaryPrimitives.WriteUInt32BigEndian(ip[20..], 0x9404_0000);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Of(ip[..24]));
        var igmp = ip[24..32];
        (igmp[0], igmp[1]) = (IgmpQuery, (byte)Math.Min(255, delay / (100 * VirtualTime.Millisecond)));
        BinaryPrimitives.WriteUInt32BigEndian(igmp[4..], group);
        BinaryPrimitives.WriteUInt16BigEndian(igmp[2..], InternetChecksum.Of(igmp));
    }
}
