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
        if (frame.Length < Ethernet)
            return $"a frame of {frame.Length} bytes{tag}";
        var etherType = Number(frame, 12);
        return etherType == EtherIp4 && Has(frame, Ethernet, Ip4) ? Packet(frame, 12, 4, Ethernet + (frame[Ethernet] & 0xf) * 4, frame[Ethernet + 9], IsFragment(frame, Ethernet)) + tag
            : etherType == EtherIp6 && Has(frame, Ethernet, Ip6) ? Packet(frame, 8, 16, Ethernet + Ip6, frame[Ethernet + 6], isFragment: false) + tag
            : $"{Mac(frame[6..12])} > {Mac(frame[..6])} {Kind(etherType)}{tag}";
    }

    private static string Packet(ReadOnlySpan<byte> frame, int addresses, int length, int at, int protocol, bool isFragment)
    {
        var (from, to) = (new IPAddress(frame.Slice(Ethernet + addresses, length)), new IPAddress(frame.Slice(Ethernet + addresses + length, length)));
        var name = length == 16 ? protocol switch { 0 => "hop-by-hop options", 43 => "routing header", 44 => "fragment", 60 => "destination options", 59 => "nothing inside", _ => Protocols.Name(protocol) } : Protocols.Name(protocol);
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
        EtherArp => "arp",
        EtherVlan or EtherService => "with a tag inside",
        0x88cc => "lldp",
        0x8847 or 0x8848 => "mpls",
        0x8864 => "pppoe",
        < 0x0600 => "802.3",
        _ => $"{etherType:x4}",
    };

    private static string Mac(ReadOnlySpan<byte> mac) => string.Join(':', Convert.ToHexStringLower(mac).Chunk(2).Select(pair => new string(pair)));
}
