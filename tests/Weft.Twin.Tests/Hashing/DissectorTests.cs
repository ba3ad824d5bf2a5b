// What encap2+3 and encap3+4 find in frames: the innermost IP header that the kernel's dissector comes to, and where it gives up. A frame that
// carries another in a tunnel must hash as the inner one alone where only addresses and ports count.

using Weft.Twin.Hashing;
using static Weft.Twin.Tests.Hashing.Bytes;

namespace Weft.Twin.Tests.Hashing;

public sealed class DissectorTests
{
    private static readonly byte[] Tcp = [.. Ip4(6, "192.0.2.1", "198.51.100.2"), .. Ports(40001, 3260)];
    private static readonly byte[] Udp6 = [.. Ip6(17, "fd00::1", "fd00:1::2"), .. Ports(4000, 2049)];
    private static readonly byte[] InnerMacs = Hex("020000000001 020000000002");

    public static TheoryData<string, byte[], byte[]> Tunnels => new()
    {
        { "IP in IP", Frame(0x0800, Ip4(4), Tcp), Tcp },
        { "IP in IP behind options", Frame(0x0800, Ip4(4, words: 8), Tcp), Tcp },
        { "IPv6 in IPv4", Frame(0x0800, Ip4(41), Udp6), Udp6 },
        { "IPv4 in IPv6", Frame(0x86dd, Ip6(4), Tcp), Tcp },
        { "IPv6 in IPv6", Frame(0x86dd, Ip6(41), Udp6), Udp6 },
        { "two tunnels", Frame(0x0800, Ip4(4), Ip4(41), Udp6), Udp6 },
        { "GRE", Frame(0x0800, Ip4(47), Hex("0000 0800"), Tcp), Tcp },
        { "GRE with checksum, key and number", Frame(0x0800, Ip4(47), Hex("b000 86dd 00000000 00000007 00000001"), Udp6), Udp6 },
        { "GRE that bridges", Frame(0x0800, Ip4(47), Hex("0000 6558"), InnerMacs, Hex("0800"), Tcp), Tcp },
        { "PPTP", Frame(0x0800, Ip4(47), Hex("3081 880b 00080001 00000001 00000001 ff030021"), Tcp), Tcp },
        { "PPPoE", Frame(0x8864, Hex("11000001 0040 0021"), Tcp), Tcp },
        { "options and routing of IPv6", Frame(0x86dd, Ip6(0, "fd00::1", "fd00:1::2"), Hex("2b00 000000000000"), Hex("1101 0000000000000000000000000000"), Ports(4000, 2049)), Udp6 },
        { "HSR", Frame(0x892f, Hex("0000 0001 0800"), Tcp), Tcp },
        { "batman-adv", Frame(0x4305, Hex("400f 3200 020000000009"), InnerMacs, Hex("0800"), Tcp), Tcp },
        { "AH is no tunnel: its SPI counts", Frame(0x0800, Ip4(51, "192.0.2.1", "198.51.100.2"), Hex("3204 0000"), Ports(40001, 3260)), Tcp },
        { "ESP's SPI counts", Frame(0x0800, Ip4(50, "192.0.2.1", "198.51.100.2"), Ports(40001, 3260)), Tcp },
    };

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void What_is_inside_is_hashed(string what, byte[] frame, byte[] inner)
    {
        var alone = Frame(inner[0] >> 4 == 6 ? 0x86dd : 0x0800, inner);
        var expected = XmitHash.Of(alone, XmitHash.NoTag, XmitPolicy.Layer34, KernelVersion.Linux61);
        XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by).ShouldBe(expected, what);
        by.ShouldBe(HashedBy.Ports, what);
        XmitHash.Of(frame, 7, XmitPolicy.Encap34, KernelVersion.Linux61).ShouldBe(expected, what);
        XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap23, KernelVersion.Linux61, out by);
        by.ShouldBe(HashedBy.Addresses, what);
    }

    [Fact]
    public void A_tag_inside_a_tunnel_is_confused_with_the_one_beside_the_frame_since_5_15()
    {
        var frame = Frame(0x0800, Ip4(47), Hex("0000 6558"), InnerMacs, Hex("8100"), Tag(5, 0x0800), Tcp);
        foreach (var (kernel, tag, expected) in KernelVersion.All.SelectMany(kernel => new[] { (kernel, XmitHash.NoTag, HashedBy.Ports), (kernel, 7, kernel.Name is "4.18" or "rhel8" ? HashedBy.Ports : HashedBy.Macs) }))
        {
            XmitHash.Of(frame, tag, XmitPolicy.Encap34, kernel, out var by);
            by.ShouldBe(expected, $"{kernel.Name} {tag}");
        }
    }

    [Theory]
    [InlineData("ARP", 0x0806, "0001 0800 0604 0001", nameof(HashedBy.Nothing))]
    [InlineData("MPLS, which needs a key that bonding does not ask for", 0x8847, "00001140", nameof(HashedBy.Nothing))]
    [InlineData("an EtherType that nobody knows", 0x88b5, "00", nameof(HashedBy.Macs))]
    [InlineData("LLDP", 0x88cc, "0207", nameof(HashedBy.Macs))]
    [InlineData("PPPoE of another version", 0x8864, "2100 0001 0040 0021 45", nameof(HashedBy.Macs))]
    [InlineData("PPPoE with a number of one byte", 0x8864, "1100 0001 0040 21 4500 0014", nameof(HashedBy.Macs))]
    [InlineData("PPPoE with LCP", 0x8864, "1100 0001 0040 c021 45", nameof(HashedBy.Nothing))]
    [InlineData("FCoE that is too short", 0x8906, "00", nameof(HashedBy.Macs))]
    [InlineData("PTP that is too short", 0x88f7, "00", nameof(HashedBy.Macs))]
    [InlineData("batman-adv of another kind", 0x4305, "410f 3200 020000000009 020000000001 020000000002 0800", nameof(HashedBy.Macs))]
    public void What_is_no_IP_is_hashed_by_the_little_that_is_found(string what, int etherType, string rest, string expected)
    {
        var frame = Frame(etherType, Hex(rest));
        var hash = XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by);
        by.ToString().ShouldBe(expected, what);
        var macs = XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Layer2, KernelVersion.Linux61);
        hash.ShouldBe(expected == nameof(HashedBy.Nothing) ? 0 : macs, what);
        // Where the walk ends well, encap2+3 folds the MACs.
        XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap23, KernelVersion.Linux61).ShouldBe(expected == nameof(HashedBy.Nothing) ? macs ^ macs >> 8 : macs, what);
    }

    [Theory]
    [InlineData("TIPC's source node", 0x88ca, "40000000 00000000 00000000 01001002", nameof(HashedBy.Addresses))]
    [InlineData("TIPC that is too short", 0x88ca, "40000000", nameof(HashedBy.Macs))]
    public void TIPC_has_one_address(string what, int etherType, string rest, string expected)
    {
        XmitHash.Of(Frame(etherType, Hex(rest)), XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by);
        by.ToString().ShouldBe(expected, what);
    }

    public static TheoryData<string, byte[], string> Ends => new()
    {
        { "a first fragment", Frame(0x0800, Ip4(6, fragment: 0x2000), Ports(1, 2)), nameof(HashedBy.Addresses) },
        { "a later fragment", Frame(0x0800, Ip4(6, fragment: 0x0010), Ports(1, 2)), nameof(HashedBy.Addresses) },
        { "a first fragment of IPv6", Frame(0x86dd, Ip6(44), Hex("1100 0001 00000001"), Ports(1, 2)), nameof(HashedBy.Addresses) },
        { "a fragment inside a tunnel", Frame(0x0800, Ip4(4), Ip4(17, fragment: 0x2000), Ports(1, 2)), nameof(HashedBy.Addresses) },
        { "a tunnel that ends", Frame(0x0800, Ip4(4), Hex("4500")), nameof(HashedBy.Macs) },
        { "a header that is too short by its own words", Frame(0x0800, Ip4(6, words: 4), Ports(1, 2)), nameof(HashedBy.Macs) },
        { "GRE with routes", Frame(0x0800, Ip4(47), Hex("4000 0800"), Tcp), nameof(HashedBy.Addresses) },
        { "GRE of version 2", Frame(0x0800, Ip4(47), Hex("0002 0800"), Tcp), nameof(HashedBy.Addresses) },
        { "GRE of version 1 that is no PPTP", Frame(0x0800, Ip4(47), Hex("0001 0800"), Tcp), nameof(HashedBy.Addresses) },
        { "MPLS in IP", Frame(0x0800, Ip4(137), Hex("00001140")), nameof(HashedBy.Addresses) },
        { "an extension header of IPv6 in IPv4 is none", Frame(0x0800, Ip4(60), Hex("1100000000000000"), Ports(1, 2)), nameof(HashedBy.Addresses) },
        { "an echo", Frame(0x86dd, Ip6(58), Icmp(128, 0, 0)), nameof(HashedBy.IcmpId) },
        { "an ICMP error, whose quote is not read", Frame(0x0800, Ip4(1), Icmp(3, 3, 0), Tcp), nameof(HashedBy.Addresses) },
        { "ports that are cut off", Frame(0x0800, Ip4(6), Hex("0001")), nameof(HashedBy.Addresses) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_walk_ends_where_the_kernels_does(string what, byte[] frame, string expected)
    {
        XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by);
        by.ToString().ShouldBe(expected, what);
    }

    [Fact]
    public void Fifteen_headers_are_walked_and_then_what_was_found_counts()
    {
        byte[] Deep(int tunnels) => Frame(0x0800, [.. Enumerable.Range(0, tunnels).Select(at => Ip4(4, $"10.0.0.{at}")), Tcp]);
        XmitHash.Of(Deep(15), XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by).ShouldBe(XmitHash.Of(Frame(0x0800, Tcp), XmitHash.NoTag, XmitPolicy.Layer34, KernelVersion.Linux61));
        by.ShouldBe(HashedBy.Ports);
        XmitHash.Of(Deep(16), XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61, out by);
        by.ShouldBe(HashedBy.Addresses);
    }

    [Fact]
    public void Older_kernels_know_fewer_headers()
    {
        var old = KernelVersion.All.Single(kernel => kernel.Name == "5.15");
        foreach (var frame in new[] { Frame(0x892f, Hex("0000 0001 0800"), Tcp), Frame(0x8864, Hex("11000001 0040 c021"), Tcp) })
        {
            XmitHash.Of(frame, XmitHash.NoTag, XmitPolicy.Encap34, old, out var by);
            by.ShouldBe(HashedBy.Macs);
        }
        XmitHash.Of(Frame(0x88f7, new byte[34]), XmitHash.NoTag, XmitPolicy.Encap34, old, out var ptp);
        ptp.ShouldBe(HashedBy.Nothing);
        XmitHash.Of(Frame(0x88f7, new byte[34]), XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.All[0], out ptp);
        ptp.ShouldBe(HashedBy.Macs);
    }
}
