// IP's protocols by the names that people write (/etc/protocols), and what stands behind each header for a hash.

using System.Globalization;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

internal static class Protocols
{
    private static readonly (string Name, int Number)[] Known =
    [
        ("tcp", Headers.Tcp), ("udp", Headers.Udp), ("sctp", Headers.Sctp), ("dccp", Headers.Dccp), ("udplite", Headers.UdpLite), ("icmp", Headers.Icmp4), ("icmp6", Headers.Icmp6), ("icmpv6", Headers.Icmp6),
        ("ipv6-icmp", Headers.Icmp6), ("igmp", Headers.Igmp), ("gre", Headers.Gre), ("esp", Headers.Esp), ("ah", Headers.Ah), ("ipip", Headers.IpInIp), ("ipencap", Headers.IpInIp), ("ipv6", Headers.Ip6InIp),
        ("ospf", 89), ("pim", 103), ("vrrp", 112), ("mpls-in-ip", 137),
    ];

    public static IEnumerable<string> Names => Known.Select(one => one.Name);

    /// <summary>`tcp` or `6`; null for what is neither.</summary>
    public static int? Number(string text) =>
        Array.Find(Known, one => one.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found ? found.Number
        : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Name(int number) => Array.Find(Known, one => one.Number == number).Name ?? string.Create(CultureInfo.InvariantCulture, $"protocol {number}");

    /// <summary>Whether it has a source and a destination port.</summary>
    public static bool HasPorts(int number) => number is Headers.Tcp or Headers.Udp or Headers.Sctp or Headers.Dccp or Headers.UdpLite;

    public static bool IsIcmp(int number) => number is Headers.Icmp4 or Headers.Icmp6;

    public static bool IsIpsec(int number) => number is Headers.Esp or Headers.Ah;

    /// <summary>Whether it carries packets that the dissector would look into.</summary>
    public static bool IsTunnel(int number) => number is Headers.IpInIp or Headers.Ip6InIp or Headers.Gre;
}
