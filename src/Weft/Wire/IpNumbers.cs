// Numbers of IP (RFC 791, RFC 8200; IANA's registries of protocols and ICMP types; linux/in.h): what a header holds behind it, and the checksum.

using System.Buffers.Binary;

namespace Weft.Wire;

/// <summary>What IP carries; of IPv6, the next header.</summary>
public static class IpProtocol
{
    public const byte HopByHop = 0, Icmp4 = 1, Igmp = 2, IpInIp = 4, Tcp = 6, Udp = 17, Dccp = 33, Ip6InIp = 41, Routing = 43, Fragment6 = 44, Gre = 47, Esp = 50, Ah = 51, Icmp6 = 58, Nothing = 59,
        Destination = 60, Ospf = 89, Pim = 103, Vrrp = 112, Sctp = 132, UdpLite = 136, MplsInIp = 137;
}

/// <summary>Headers without options.</summary>
public static class IpHeader
{
    public const int Length4 = 20, Length6 = 40;
}

/// <summary>Types of ICMP (4) and ICMPv6 (6).</summary>
public static class IcmpType
{
    public const byte EchoReply4 = 0, Unreachable4 = 3, Quench4 = 4, Redirect4 = 5, Echo4 = 8, Exceeded4 = 11, Parameter4 = 12, Timestamp4 = 13, TimestampReply4 = 14;

    public const byte Unreachable6 = 1, TooBig6 = 2, Exceeded6 = 3, Parameter6 = 4, Echo6 = 128, EchoReply6 = 129, ListenerQuery = 130, ListenerReport1 = 131, ListenerDone = 132,
        NeighbourSolicitation = 135, NeighbourAdvertisement = 136, ListenerReport2 = 143;
}

/// <summary>The checksum of IP, ICMP, IGMP, TCP and UDP (RFC 1071): the sum of all pairs of bytes, folded and turned round.</summary>
public static class InternetChecksum
{
    public static ushort Of(ReadOnlySpan<byte> bytes) => Fold(Sum(bytes, 0));

    /// <summary>Adds bytes to a sum; an odd one at their end counts as if a zero followed.</summary>
    public static ulong Sum(ReadOnlySpan<byte> bytes, ulong sum)
    {
        for (; bytes.Length >= 4; bytes = bytes[4..])
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }
        return bytes.Length == 1 ? sum + ((ulong)bytes[0] << 8) : sum;
    }

    public static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
