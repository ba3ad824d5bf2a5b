// The frame that a line of CSV becomes: the smallest that is valid, with lengths and the checksums of IP, TCP, UDP and ICMP right. What a line does not say is
// as plain as can be: an echo request for ICMP, an ARP request for ARP, nothing inside a tunnel.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

internal static class CsvFrame
{
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
            : [0x60, 0, 0, 0, .. Two(inner.Length), (byte)(isFragment ? IpProtocol.Fragment6 : protocol), 64, .. from, .. to];
        if (from.Length == 4)
            Two(InternetChecksum.Of(ip)).CopyTo(ip, 10);
        if (!isFragment && ChecksumAt(protocol) is { } at)
        {
            // All but ICMP of IPv4 and IGMP count addresses, length and protocol too (RFC 768, RFC 9293, RFC 4443).
            byte[] pseudo = protocol is IpProtocol.Icmp4 or IpProtocol.Igmp ? [] : [.. from, .. to, 0, 0, .. Two(inner.Length), 0, 0, 0, (byte)protocol];
            Two(InternetChecksum.Of([.. pseudo, .. inner])).CopyTo(inner, at);
        }
        return Framed(sourceMac, destinationMac, from.Length == 4 ? Ethernet.Ip4 : Ethernet.Ip6, [.. ip, .. inner]);
    }

    /// <summary>A frame of anything else.</summary>
    public static byte[] Of(byte[] sourceMac, byte[] destinationMac, int etherType, IPAddress? source, IPAddress? destination)
    {
        var arp = new byte[etherType == Ethernet.Arp ? ArpPacket.Length : 0];
        if (arp.Length > 0)
            ArpPacket.Write(arp, ArpPacket.Request, Ethernet.ReadMac(sourceMac), Number(source), 0, Number(destination));
        return Framed(sourceMac, destinationMac, etherType, arp);
    }

    private static byte[] Framed(byte[] source, byte[] destination, int etherType, byte[] payload) =>
        [.. destination, .. source, .. Two(etherType), .. payload, .. new byte[Math.Max(Ethernet.Shortest - Ethernet.HeaderLength - payload.Length, 0)]];

    private static byte[] Transport(int protocol, long first, long second, bool isIp6)
    {
        byte[] ports = [.. Two((int)(first & 0xffff)), .. Two((int)second)], wide = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(wide, (uint)first);
        return protocol switch
        {
            IpProtocol.Tcp => [.. ports, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 0xff, 0xff, 0, 0, 0, 0],
            IpProtocol.Udp or IpProtocol.UdpLite => [.. ports, 0, 8, 0, 0],
            IpProtocol.Sctp => [.. ports, 0, 0, 0, 1, 0, 0, 0, 0],
            IpProtocol.Dccp => [.. ports, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1],
            IpProtocol.Icmp4 or IpProtocol.Icmp6 => [isIp6 ? IcmpType.Echo6 : IcmpType.Echo4, 0, 0, 0, .. ports[..2], 0, 1],
            IpProtocol.Igmp => [0x16, 0, 0, 0, 224, 0, 0, 22],
            IpProtocol.Esp => [.. wide, 0, 0, 0, 1],
            IpProtocol.Ah => [IpProtocol.Nothing, 1, 0, 0, .. wide, 0, 0, 0, 1],
            IpProtocol.Gre => [0, 0, 8, 0],
            _ => [],
        };
    }

    private static int? ChecksumAt(int protocol) => protocol switch
    {
        IpProtocol.Tcp => 16,
        IpProtocol.Udp or IpProtocol.UdpLite => 6,
        IpProtocol.Icmp4 or IpProtocol.Icmp6 or IpProtocol.Igmp => 2,
        _ => null,
    };

    /// <summary>An IPv4 address; 0 for anything else.</summary>
    private static uint Number(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetwork } ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) : 0;

    private static byte[] Two(int number) => [(byte)(number >> 8), (byte)number];
}
