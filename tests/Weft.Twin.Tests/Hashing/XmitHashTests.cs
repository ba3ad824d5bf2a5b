// The transmit hash against what is known of it: worked examples for a new kernel and an old one, and the port that a real Linux 6.1 chose for
// each of 1956 frames (specs/kernel/xmit-hash.csv: what was sent, by which way, and the recorded frame).

using System.Globalization;
using Weft.Tests;
using Weft.Twin.Flows;
using Weft.Twin.Hashing;
using static Weft.Twin.Tests.Hashing.Bytes;

namespace Weft.Twin.Tests.Hashing;

public sealed class XmitHashTests
{
    private static readonly byte[] Tcp = Frame(0x0800, Ip4(6), Ports(40000, 443));
    private static readonly byte[] Udp6 = Frame(0x86dd, Ip6(17), Ports(5000, 53));
    private static readonly byte[] Udp = Frame(0x0800, Ip4(17), Ports(5000, 53));

    public static TheoryData<string, string, byte[], int, uint, uint?> Examples => new()
    {
        { "E1", "layer2", Tcp, -1, 0x000008b9, 0x000000b1 },
        { "E2", "layer2+3", Tcp, -1, 0x1e1e16af, 0x0f0f0f57 },
        { "E3", "layer3+4", Tcp, -1, 0x52d2723c, 0x52d2723c },
        { "E4, a first fragment", "layer3+4", Frame(0x0800, Ip4(6, fragment: 0x2000), Ports(40000, 443)), -1, 0x0f0f0f0f, 0x0f0f0f0f },
        { "E5, an echo", "layer3+4", Frame(0x0800, Ip4(1), Icmp(8, 0, 0x1234)), -1, 0x061c1c18, 0x0f0f0f0f },
        { "E6, IPv6", "layer3+4", Udp6, -1, 0x0282c6cf, 0x0282c6cf },
        { "E7, ARP", "layer3+4", FrameTo("ff:ff:ff:ff:ff:ff", 0x0806, new byte[28]), -1, 0x000008af, 0x000006a1 },
        { "E8", "vlan+srcmac", Tcp, 100, 0x00406032, null },
        { "E9, IPv6", "layer2+3", Udp6, -1, 0x3030b6d2, 0x181876e9 },
        { "E10, the way back of E3", "layer3+4", Frame(0x0800, Ip4(6, "10.0.0.20", "10.0.0.10"), Ports(443, 40000)), -1, 0x2f613cbc, 0x2f613cbc },
        { "E11, an error about E12", "layer3+4", Frame(0x0800, Ip4(1), Icmp(3, 3, 0), Ip4(17, "10.0.0.20", "10.0.0.10"), Ports(53, 5000)), -1, 0x4b42d858, 0x0f0f0f0f },
        { "E12", "layer3+4", Udp, -1, 0x1595d1d8, 0x1595d1d8 },
        { "E13, a second tag", "layer3+4", Frame(0x8100, Tag(200, 0x0800), Ip4(6), Ports(40000, 443)), 100, 0x000081b9, 0x00000038 },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_worked_example_comes_out_to_the_bit(string name, string word, byte[] frame, int tag, uint now, uint? before)
    {
        var policy = XmitPolicies.Of(word)!.Value;
        XmitHash.Of(frame, tag, policy, KernelVersion.Linux61).ShouldBe(now, name);
        var old = KernelVersion.All.Single(kernel => kernel.Name == "4.18");
        old.Has(policy).ShouldBe(before is not null);
        if (before is { } expected)
            XmitHash.Of(frame, tag, policy, old).ShouldBe(expected, name);
        else
            Should.Throw<ArgumentException>(() => XmitHash.Of(frame, tag, policy, old));
    }

    [Theory]
    [InlineData("layer2", 0x000000b1u, 0x000008b9u)]
    [InlineData("layer2+3", 0x0f0f0f57u, 0x0f0f0b57u)]
    [InlineData("layer3+4", 0x52d2723cu, 0x52d2723cu)]
    public void Between_the_oldest_and_the_newest_each_kernel_has_what_it_had_by_then(string word, uint rhel8, uint linux515)
    {
        var policy = XmitPolicies.Of(word)!.Value;
        XmitHash.Of(Tcp, -1, policy, KernelVersion.All.Single(kernel => kernel.Name == "rhel8")).ShouldBe(rhel8);
        XmitHash.Of(Tcp, -1, policy, KernelVersion.All.Single(kernel => kernel.Name == "5.15")).ShouldBe(linux515);
        foreach (var kernel in KernelVersion.All.Where(kernel => kernel.Name is "rhel8" or "5.15"))
        {
            XmitHash.Of(Frame(0x0800, Ip4(1), Icmp(8, 0, 0x1234)), -1, XmitPolicy.Layer34, kernel).ShouldBe(0x061c1c18u);
            XmitHash.Of(Tcp, 100, XmitPolicy.VlanSrcMac, kernel).ShouldBe(0x00406032u);
        }
    }

    [Fact]
    public void Every_frame_of_the_measurement_takes_the_port_that_the_kernel_chose()
    {
        var lines = File.ReadAllLines(SpecFiles.PathOf("specs", "kernel", "xmit-hash.csv"));
        var heads = lines[0].Split(',').ToList();
        (int policy, int ports, int via, int port, int bytes) = (heads.IndexOf("policy"), heads.IndexOf("nports"), heads.IndexOf("via"), heads.IndexOf("port"), heads.IndexOf("frame"));
        var (wrong, seen) = (new List<string>(), 0);
        foreach (var (line, at) in lines.Select((line, at) => (line, at + 1)).Skip(1))
        {
            var cells = line.Split(',');
            var (frame, tag) = (Convert.FromHexString(cells[bytes]), XmitHash.NoTag);
            // A VLAN on the bond puts its tag beside the frame; it is in the frame only on the wire, where it was recorded.
            if (cells[via] == "vlandev")
                (frame, tag) = ([.. frame[..12], .. frame[16..]], frame[14] << 8 | frame[15]);
            var hash = XmitHash.Of(frame, tag, XmitPolicies.Of(cells[policy])!.Value, KernelVersion.Linux61);
            if (hash % uint.Parse(cells[ports], CultureInfo.InvariantCulture) != uint.Parse(cells[port], CultureInfo.InvariantCulture))
                wrong.Add($"line {at}: {line}");
            seen++;
        }
        wrong.ShouldBeEmpty();
        seen.ShouldBe(1956);
    }

    /// <summary>ARP with its tag in the frame, under the policies that look inside: of all frames the ones for which it counts where the network header is, and that it is behind the tag.</summary>
    [Fact]
    public void ARP_behind_a_tag_that_the_host_put_into_the_frame_is_read_as_IP_at_these_lines()
    {
        var lines = File.ReadAllLines(SpecFiles.PathOf("specs", "kernel", "xmit-hash.csv"));
        var odd = new List<int>();
        for (var at = 1; at < lines.Length; at++)
        {
            var cells = lines[at].Split(',');
            if (cells[3] != "rawtag" || !XmitPolicies.Of(cells[1])!.Value.LooksInside())
                continue;
            XmitHash.Of(Convert.FromHexString(cells[^1]), XmitHash.NoTag, XmitPolicies.Of(cells[1])!.Value, KernelVersion.Linux61, out var by);
            if (by == HashedBy.Macs)
                continue;
            by.ShouldBe(HashedBy.Addresses);
            cells[4].ShouldBe("arp");
            odd.Add(at + 1);
        }
        odd.ShouldBe([502, 628, 1258, 1384, 1701, 1733, 1893, 1925]);
    }

    /// <summary>
    /// Tunnels, tags, odd headers and broken ones, on Linux 6.1.176: sent on the bond, on a VLAN of it, on a VLAN of that VLAN (whose tag is in the frame then), and by
    /// way of a bridge, where frames came in with their tags.
    /// </summary>
    [Fact]
    public void Frames_that_carry_others_take_the_port_that_the_kernel_chose()
    {
        var (wrong, seen) = (new List<string>(), 0);
        foreach (var (line, at) in File.ReadLines(SpecFiles.PathOf("specs", "kernel", "dissected.csv")).Select((line, at) => (line, at + 1)).Skip(1))
        {
            if (line.Split(',') is not [var via, var policy, var ports, _, var tag, var port, var frame])
                throw new InvalidDataException(line);
            var flow = Flow.Of(Convert.FromHexString(frame), int.Parse(tag, CultureInfo.InvariantCulture));
            var hash = XmitHash.Of(flow.Frame.Span, flow.Tag, XmitPolicies.Of(policy)!.Value, KernelVersion.Linux61, via == "bridged" && tag == flow.Tag.ToString(CultureInfo.InvariantCulture) ? XmitHash.BehindMacs : XmitHash.BehindTags);
            if (hash % uint.Parse(ports, CultureInfo.InvariantCulture) != uint.Parse(port, CultureInfo.InvariantCulture))
                wrong.Add($"line {at}: {line}");
            seen++;
        }
        wrong.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_tag_that_the_host_put_into_the_frame_hides_what_is_behind_it_and_one_that_came_in_does_not()
    {
        byte[] tagged = Frame(0x8100, Tag(200, 0x0800), Ip4(6), Ports(40000, 443)), plain = Frame(0x0800, Ip4(6), Ports(40000, 443));
        foreach (var tag in new[] { XmitHash.NoTag, 100 })
        {
            XmitHash.Of(tagged, tag, XmitPolicy.Encap34, KernelVersion.Linux61, out var by).ShouldBe(0x81b9u);
            by.ShouldBe(HashedBy.Macs);
            XmitHash.Of(tagged, tag, XmitPolicy.Encap34, KernelVersion.Linux61, out by, XmitHash.BehindMacs).ShouldBe(XmitHash.Of(plain, XmitHash.NoTag, XmitPolicy.Encap34, KernelVersion.Linux61));
            by.ShouldBe(HashedBy.Ports);
        }
    }

    [Fact]
    public void Every_policy_of_the_attribute_table_has_a_word_and_is_found_by_it()
    {
        XmitPolicies.All.Select(policy => policy.Word()).ShouldBe(["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"]);
        XmitPolicies.All.ShouldAllBe(policy => XmitPolicies.Of(policy.Word()) == policy);
        XmitPolicies.Of("layer4").ShouldBeNull();
    }
}
