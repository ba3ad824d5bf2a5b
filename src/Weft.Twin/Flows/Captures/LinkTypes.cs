// What the frames of a recording can be (the tcpdump group's registry of link-layer header types): by name, those that people record by mistake.

using System.Globalization;

namespace Weft.Twin.Flows.Captures;

internal static class LinkTypes
{
    public const int Ethernet = 1, Cooked = 113, Cooked2 = 276;

    public static string Name(int number) => number switch
    {
        Ethernet => "Ethernet",
        0 => "BSD loopback (NULL)",
        6 => "token ring",
        9 => "PPP",
        12 or 14 or 101 => "raw IP (RAW)",
        105 => "IEEE 802.11",
        Cooked => "Linux cooked (LINUX_SLL, which tcpdump -i any records)",
        127 => "IEEE 802.11 with radiotap",
        147 => "of somebody's own kind (USER0)",
        228 => "raw IPv4",
        229 => "raw IPv6",
        239 => "NFLOG",
        247 => "InfiniBand",
        253 => "netlink messages",
        Cooked2 => "Linux cooked (LINUX_SLL2, which tcpdump -i any records)",
        _ => string.Create(CultureInfo.InvariantCulture, $"of link type {number}"),
    };
}
