// The frame that a line of CSV becomes: the smallest that is valid, with lengths and the checksums of IP, TCP, UDP and ICMP right. What a line does not say is
// as plain as can be: an echo request for ICMP, an ARP request for ARP, nothing inside a tunnel.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

internal static class CsvFrame
{
    /// <summary>ETH_ZLEN without the MACs and the EtherType.</summary>
    private const int LeastPayload = 46;

    /// <summary>A frame of IP.</summary>
    /// <param name="first">Source port, SPI or the identifier of an echo.</param>
    /// <param name="second">Destination port.</param>
    /// <param name="isFragment">It is a later fragment of such a datagram, with eight bytes of it from byte 1480 on.</param>
    public static byte[] Of(byte[] sourceMac, byte[] destinationMac, IPAddress source, IPAddress destination, int protocol, long first, long second, bool isFragment)
    {
        byte[] from = source.GetAddressBytes(), to = destination.GetAddressBytes();
        var inner = !isFragment ? Transport(protocol, first, second, from.Length == 16) : from.Length == 4 ? new byte[8] : [(byte)protocol, 0, .. Two(1480), 0, 0, 0, 1, .. new byte[8]];
        byte[] ip = from.Length == 4
            ? [0x45, 0, .. Two(20 + inner.Length), 0, 1, .. Two(isFragment ? 1480 / 8 : 0x4000), 64, (byte)protocol, 0, 0, .. from, .. to]
            : [0x60, 0, 0, 0, .. Two(inner.Length), (byte)(isFragment ? Headers.Fragment6 : protocol), 64, .. from, .. to];
        if (from.Length == 4)
            Two(Checksum(ip)).CopyTo(ip, 10);
        if (!isFragment && ChecksumAt(protocol) is { } at)
        {
            // All but ICMP of IPv4 and IGMP count addresses, length and protocol too (RFC 768, RFC 9293, RFC 4443).
            byte[] pseudo = protocol is Headers.Icmp4 or Headers.Igmp ? [] : [.. from, .. to, 0, 0, .. Two(inner.Length), 0, 0, 0, (byte)protocol];
            Two(Checksum([.. pseudo, .. inner])).CopyTo(inner, at);
        }
        return Ethernet(sourceMac, destinationMac, from.Length == 4 ? Headers.EtherIp4 : Headers.EtherIp6, [.. ip, .. inner]);
    }

    /// <summary>A frame of anything else.</summary>
    public static byte[] Of(byte[] sourceMac, byte[] destinationMac, int etherType, IPAddress? source, IPAddress? destination) =>
        Ethernet(sourceMac, destinationMac, etherType, etherType == Headers.EtherArp ? [0, 1, 8, 0, 6, 4, 0, 1, .. sourceMac, .. Four(source), 0, 0, 0, 0, 0, 0, .. Four(destination)] : []);

    private static byte[] Ethernet(byte[] source, byte[] destination, int etherType, byte[] payload) =>
        [.. destination, .. source, .. Two(etherType), .. payload, .. new byte[Math.Max(LeastPayload - payload.Length, 0)]];

    private static byte[] Transport(int protocol, long first, long second, bool isIp6)
    {
        byte[] ports = [.. Two((int)(first & 0xffff)), .. Two((int)second)], wide = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(wide, (uint)first);
        return protocol switch
        {
            Headers.Tcp => [.. ports, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 0xff, 0xff, 0, 0, 0, 0],
            Headers.Udp or Headers.UdpLite => [.. ports, 0, 8, 0, 0],
            Headers.Sctp => [.. ports, 0, 0, 0, 1, 0, 0, 0, 0],
            Headers.Dccp => [.. ports, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1],
            Headers.Icmp4 or Headers.Icmp6 => [(byte)(isIp6 ? 128 : 8), 0, 0, 0, .. ports[..2], 0, 1],
            Headers.Igmp => [0x16, 0, 0, 0, 224, 0, 0, 22],
            Headers.Esp => [.. wide, 0, 0, 0, 1],
            Headers.Ah => [59, 1, 0, 0, .. wide, 0, 0, 0, 1],
            Headers.Gre => [0, 0, 8, 0],
            _ => [],
        };
    }

    private static int? ChecksumAt(int protocol) => protocol switch
    {
        Headers.Tcp => 16,
        Headers.Udp or Headers.UdpLite => 6,
        Headers.Icmp4 or Headers.Icmp6 or Headers.Igmp => 2,
        _ => null,
    };

    /// <summary>RFC 1071.</summary>
    private static int Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0L;
        for (var at = 0; at < bytes.Length; at++)
            sum += at % 2 == 0 ? bytes[at] << 8 : bytes[at];
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (int)(~sum & 0xffff);
    }

    private static byte[] Two(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Four(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetwork } ? address.GetAddressBytes() : [0, 0, 0, 0];
}
