// A VXLAN's attributes. Source: drivers/net/vxlan/vxlan_core.c; measured on 6.1: remote, local, ttl, tos, df, ageing and learning change
// while it is up, remote and local within their family, ttl between numbers; everything else is refused (EOPNOTSUPP). Of the lower link the kernel takes
// a change, and gives the MTU no thought; of a multicast group too, and joins no other: so both make it anew.

using System.Collections.Immutable;
using System.Net;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind vxlan.</summary>
public static class VxlanLines
{
    /// <summary>What it adds to a frame under IPv4 and IPv6 (VXLAN_HEADROOM, VXLAN6_HEADROOM).</summary>
    private const long OverIpv4 = 50, OverIpv6 = 70;

    /// <summary>The port of a kernel that nobody told another (vxlan's udp_port); the one that is assigned to VXLAN is 4789.</summary>
    public const long KernelsPort = 8472;

    public static readonly Attribute External = Fixed("external", "Whether somebody else says of each frame which network it is of and where it goes.", "collect_metadata");

    public static readonly Attribute Id = new("id", new Count(0, (1 << 24) - 1), Home.Data, Recreate, "The number of the network (VNI).") { Kinds = [LinkKind.Vxlan] };

    public static readonly Attribute Lower = Unsaid("link", Common.Name, Recreate, "The link that carries it.");
    public static readonly Attribute Local = Unsaid("local", new AddressShape(), Live, "The address that it sends from.") with { Anew = IsOtherKind };
    public static readonly Attribute Remote = Unsaid("remote", new AddressShape(), Live, "Where frames go whose receiver is not known: the one other end.") with { Anew = IsOtherKind };
    public static readonly Attribute Group = Unsaid("group", new AddressShape(), Recreate, "The multicast group that frames go to whose receiver is not known.");

    public static readonly Attribute Port = Number("port", new Count(1, 65535), KernelsPort, Recreate, "The UDP port at both ends.");
    public static readonly Attribute SourcePort = Unsaid("source_port", new PortRange(), Recreate, "The UDP ports that it sends from, one a flow; the host's own range where it is not said.") with { Wire = "port_range" };
    public static readonly Attribute Ttl = new("ttl", new TtlShape(), Home.Data, Live, "The TTL of what it sends: a number, of which 0 is the host's own, or inherit, that of the packet inside.")
        { Kinds = [LinkKind.Vxlan], Default = _ => Value.Of(0), Anew = static (was, now) => Inherits(was) != Inherits(now) };
    public static readonly Attribute Tos = Number("tos", Common.Byte, 0, Live, "The TOS of what it sends; 1 is that of the packet inside.");
    public static readonly Attribute Df = new("df", new OneOf([new Choice(0, "unset"), new(1, "set"), new(2, "inherit")]), Home.Data, Live, "Whether what it sends may not be cut up on its way.")
        { Kinds = [LinkKind.Vxlan], Default = _ => Value.Of("unset"), Since = "4.20" };

    public static readonly Attribute Ageing = Number("ageing", new Count(1, uint.MaxValue, Unit.Seconds) { RangeWhy = "the kernel takes 0 for its own default of 300 s" }, 300, Live, "For how many seconds an address is remembered that no frame came from.");
    public static readonly Attribute MaxAddress = Number("max_address", Common.Positive, 0, Recreate, "How many addresses it remembers at most; 0 is any number.") with { Wire = "limit" };
    public static readonly Attribute Learning = Common.Switch("learning", LinkKind.Vxlan, Home.Data, true, "Whether it learns from what arrives which address is behind which end.");
    public static readonly Attribute Proxy = Fixed("proxy", "Whether it answers ARP and neighbour solicitations from what is entered by hand.");
    public static readonly Attribute Rsc = Fixed("rsc", "Whether what is for a router's MAC goes to where the destination is itself.");
    public static readonly Attribute L2Miss = Fixed("l2miss", "Whether programs are told of each receiver that it does not know.");
    public static readonly Attribute L3Miss = Fixed("l3miss", "Whether programs are told of each IP address that it should answer for and does not know.");
    public static readonly Attribute Gbp = Fixed("gbp", "Whether a firewall mark goes along (group policy); both ends must agree.");
    public static readonly Attribute UdpCsum = Fixed("udp_csum", "Whether what it sends over IPv4 has a UDP checksum.", usual: true);
    public static readonly Attribute UdpZeroCsum6Tx = Fixed("udp_zero_csum6_tx", "Whether what it sends over IPv6 goes without one.");
    public static readonly Attribute UdpZeroCsum6Rx = Fixed("udp_zero_csum6_rx", "Whether what arrives over IPv6 without one is taken.");

    public static ImmutableArray<Attribute> All { get; } =
    [
        Id, External, Lower, Local, Remote, Group, Port, SourcePort, Ttl, Tos, Df, Ageing, MaxAddress, Learning, Proxy, Rsc, L2Miss, L3Miss, Gbp, UdpCsum, UdpZeroCsum6Tx, UdpZeroCsum6Rx,
    ];

    /// <summary>By how much a VXLAN's MTU is below that of the link that carries it.</summary>
    public static long Overhead(Settings vxlan) => Is6(vxlan) ? OverIpv6 : OverIpv4;

    /// <summary>Whether it goes over IPv6, by the addresses that it is given.</summary>
    public static bool Is6(Settings vxlan) => ((Attribute[])[Remote, Group, Local]).Any(line => FamilyOf(vxlan.ValueOf(line)) == System.Net.Sockets.AddressFamily.InterNetworkV6);

    /// <summary>Whether an address stands for many.</summary>
    public static bool IsMulticast(string address) => IPAddress.TryParse(address, out var parsed) && (parsed.IsIPv6Multicast || (FamilyOf(parsed) == System.Net.Sockets.AddressFamily.InterNetwork && parsed.GetAddressBytes()[0] is >= 224 and < 240));

    /// <summary>The kernel keeps to the family that it began with, and takes no address back.</summary>
    private static bool IsOtherKind(Value was, Value now) => FamilyOf(was) is not { } family || FamilyOf(now) != family;

    private static bool Inherits(Value ttl) => ttl is Value.Word { Text: TtlShape.Inherit };

    public static System.Net.Sockets.AddressFamily? FamilyOf(Value? address) => address is Value.Word word && IPAddress.TryParse(word.Text, out var parsed) ? FamilyOf(parsed) : null;

    private static System.Net.Sockets.AddressFamily FamilyOf(IPAddress address) => address.AddressFamily;

    /// <summary>What is nothing where nobody says it.</summary>
    private static Attribute Unsaid(string name, Shape shape, Change change, string doc) => new(name, shape, Home.Data, change, doc) { Kinds = [LinkKind.Vxlan], Default = _ => Value.Of("") };

    private static Attribute Number(string name, Count shape, long usual, Change change, string doc) => Common.Number(name, LinkKind.Vxlan, Home.Data, shape, usual, doc) with { Change = change };

    private static Attribute Fixed(string name, string doc, string? wire = null, bool usual = false) => Common.Switch(name, LinkKind.Vxlan, Home.Data, usual, doc) with { Change = Recreate, Wire = wire ?? name };
}
