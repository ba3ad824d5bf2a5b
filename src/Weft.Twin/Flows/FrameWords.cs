// A frame in few words, for a row of a table: who sends what to whom, and whatever keeps a hash from seeing it.

using System.Globalization;
using System.Net;
using Weft.Twin.Hashing;
using static Weft.Twin.Hashing.Headers;

namespace Weft.Twin.Flows;

internal static class FrameWords
{
    public static string Of(Flow flow)
    {
        var frame = flow.Frame.Span;
        var tag = flow.Tag < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" vlan {flow.Tag & 0xfff}");
        if (frame.Length < Ethernet.HeaderLength)
            return $"a frame of {frame.Length} bytes{tag}";
        var etherType = Number(frame, 12);
        return etherType == Ethernet.Ip4 && Has(frame, Ethernet.HeaderLength, IpHeader.Length4) ? Packet(frame, 12, 4, Ethernet.HeaderLength + (frame[Ethernet.HeaderLength] & 0xf) * 4, frame[Ethernet.HeaderLength + 9], IsFragment(frame, Ethernet.HeaderLength)) + tag
            : etherType == Ethernet.Ip6 && Has(frame, Ethernet.HeaderLength, IpHeader.Length6) ? Packet(frame, 8, 16, Ethernet.HeaderLength + IpHeader.Length6, frame[Ethernet.HeaderLength + 6], isFragment: false) + tag
            : $"{Ethernet.Print(Ethernet.ReadMac(frame[6..]))} > {Ethernet.Print(Ethernet.ReadMac(frame))} {Kind(etherType)}{tag}";
    }

    private static string Packet(ReadOnlySpan<byte> frame, int addresses, int length, int at, int protocol, bool isFragment)
    {
        var (from, to) = (new IPAddress(frame.Slice(Ethernet.HeaderLength + addresses, length)), new IPAddress(frame.Slice(Ethernet.HeaderLength + addresses + length, length)));
        var name = length == 16 ? protocol switch { IpProtocol.HopByHop => "hop-by-hop options", IpProtocol.Routing => "routing header", IpProtocol.Fragment6 => "fragment", IpProtocol.Destination => "destination options", IpProtocol.Nothing => "nothing inside", _ => Protocols.Name(protocol) } : Protocols.Name(protocol);
        if (isFragment)
            return $"{from} > {to} {name} fragment";
        if (Protocols.HasPorts(protocol) && Has(frame, at, 4))
            return $"{new IPEndPoint(from, Number(frame, at))} > {new IPEndPoint(to, Number(frame, at + 2))} {name}";
        return $"{from} > {to} {name}" + (Protocols.IsIcmp(protocol) && Has(frame, at, 8) ? Icmp(protocol, frame[at], Number(frame, at + 4))
            : Protocols.IsIpsec(protocol) && Has(frame, at + PortsAt(protocol), 4) ? $" SPI {Number(frame, at + PortsAt(protocol)) << 16 | Number(frame, at + PortsAt(protocol) + 2):x8}" : "");
    }

    private static string Icmp(int protocol, int type, int id) => string.Create(CultureInfo.InvariantCulture, $"{(IsIcmpError(protocol, type) ? " error" : HasIcmpId(type) ? $" id {id}" : $" type {type}")}");

    private static string Kind(int etherType) => etherType switch
    {
        Ethernet.Arp => "arp",
        Ethernet.Tag or Ethernet.ServiceTag => "with a tag inside",
        Ethernet.Lldp => "lldp",
        Ethernet.MplsUnicast or Ethernet.MplsMulticast => "mpls",
        Ethernet.Pppoe => "pppoe",
        < Ethernet.LeastType => "802.3",
        _ => $"{etherType:x4}",
    };
}
