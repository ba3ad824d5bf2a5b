// Settings of a link under /proc/sys/net/ipv4/conf/LINK and net/ipv6/conf/LINK. Source: Documentation/networking/ip-sysctl.rst.
// A new link starts with what `default` beside it says by then, so that is what a setting goes back to. For several of them the kernel
// takes the larger of the link's and of `all`.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>The lines at home under /proc/sys.</summary>
public static class ConfLines
{
    public const string V4 = "ipv4", V6 = "ipv6";

    public static readonly Attribute RpFilter = Number("rp_filter", V4, 2, "Whether a packet must come from where an answer would leave: 0 no, 1 over this link (strict, RFC 3704), 2 over any link (loose).");
    public static readonly Attribute ArpFilter = Switch("arp_filter", V4, "Whether ARP is answered only on the link over which an answer to the asker would leave.");
    public static readonly Attribute ArpIgnore = Number("arp_ignore", V4, 8, "For which of the host's addresses ARP is answered here: 0 any, 1 those of this link, 2 those of this link in the asker's network, 3 none of host scope, 8 none.");
    public static readonly Attribute ArpAnnounce = Number("arp_announce", V4, 2, "Which address ARP requests come from: 0 any, 1 one in the target's network if there is, 2 always the best for the target.");
    public static readonly Attribute ArpNotify = Switch("arp_notify", V4, "Whether the link's addresses are announced when it comes up or its MAC changes.");
    public static readonly Attribute Forwarding = Switch("forwarding", V4, "Whether IPv4 packets that arrive here are routed on.");
    public static readonly Attribute IgnoreRoutesWithLinkdown = Switch("ignore_routes_with_linkdown", V4, "Whether IPv4 routes over the link are passed over while it has no carrier.");
    public static readonly Attribute Ipv6Forwarding = Switch("ipv6_forwarding", V6, "Whether IPv6 packets that arrive here are routed on; a router takes no router advertisements unless accept_ra is 2.") with { Wire = "forwarding" };
    public static readonly Attribute AcceptRa = Number("accept_ra", V6, 2, "Whether the kernel acts on router advertisements: 0 never, 1 unless the link forwards IPv6, 2 always.");
    public static readonly Attribute Autoconf = Switch("autoconf", V6, "Whether the kernel makes itself addresses of the prefixes that routers advertise.");
    public static readonly Attribute Ipv6IgnoreRoutesWithLinkdown = Switch("ipv6_ignore_routes_with_linkdown", V6, "Whether IPv6 routes over the link are passed over while it has no carrier.") with { Wire = "ignore_routes_with_linkdown" };
    public static readonly Attribute KeepAddrOnDown = Number("keep_addr_on_down", V6, 1, "Whether IPv6 addresses stay when the link goes down: 1 yes, 0 and -1 no; where net.ipv6.conf.all says other than 0, that counts.", least: -1);

    public static ImmutableArray<Attribute> All { get; } = [RpFilter, ArpFilter, ArpIgnore, ArpAnnounce, ArpNotify, Forwarding, IgnoreRoutesWithLinkdown, Ipv6Forwarding, AcceptRa, Autoconf, Ipv6IgnoreRoutesWithLinkdown, KeepAddrOnDown];

    /// <summary>Whether a line is one of these; `ipv6` is under /proc/sys too, and more than a number.</summary>
    public static bool Has(Attribute line) => line.Family.Length > 0;

    private static Attribute Switch(string name, string family, string doc) => new(name, Common.Flag, Home.Sysctl, Change.Live, doc) { Family = family };

    private static Attribute Number(string name, string family, long most, string doc, long least = 0) => new(name, new Count(least, most), Home.Sysctl, Change.Live, doc) { Family = family };
}
