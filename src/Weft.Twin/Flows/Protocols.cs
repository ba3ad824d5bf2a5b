// IP's protocols by the names that people write (/etc/protocols), and what stands behind each header for a hash.

using System.Globalization;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

internal static class Protocols
{
    private static readonly (string Name, int Number)[] Known =
    [
        ("tcp", IpProtocol.Tcp), ("udp", IpProtocol.Udp), ("sctp", IpProtocol.Sctp), ("dccp", IpProtocol.Dccp), ("udplite", IpProtocol.UdpLite), ("icmp", IpProtocol.Icmp4), ("icmp6", IpProtocol.Icmp6), ("icmpv6", IpProtocol.Icmp6),
        ("ipv6-icmp", IpProtocol.Icmp6), ("igmp", IpProtocol.Igmp), ("gre", IpProtocol.Gre), ("esp", IpProtocol.Esp), ("ah", IpProtocol.Ah), ("ipip", IpProtocol.IpInIp), ("ipencap", IpProtocol.IpInIp), ("ipv6", IpProtocol.Ip6InIp),
        ("ospf", IpProtocol.Ospf), ("pim", IpProtocol.Pim), ("vrrp", IpProtocol.Vrrp), ("mpls-in-ip", IpProtocol.MplsInIp),
    ];

    public static IEnumerable<string> Names => Known.Select(one => one.Name);

    /// <summary>`tcp` or `6`; null for what is neither.</summary>
    public static int? Number(string text) =>
        Array.Find(Known, one => one.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found ? found.Number
        : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Name(int number) => Array.Find(Known, one => one.Number == number).Name ?? string.Create(CultureInfo.InvariantCulture, $"protocol {number}");

    /// <summary>Whether it has a source and a destination port.</summary>
    public static bool HasPorts(int number) => number is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp or IpProtocol.UdpLite;

    public static bool IsIcmp(int number) => number is IpProtocol.Icmp4 or IpProtocol.Icmp6;

    public static bool IsIpsec(int number) => number is IpProtocol.Esp or IpProtocol.Ah;

    /// <summary>Whether it carries packets that the dissector would look into.</summary>
    public static bool IsTunnel(int number) => number is IpProtocol.IpInIp or IpProtocol.Ip6InIp or IpProtocol.Gre;
}
