// Flows from CSV: that the frames made of the lines take the ports that a kernel chose, and what is said of every line that is wrong, and where.

using System.Globalization;
using Weft.Tests;
using Weft.Text;
using Weft.Twin.Flows;
using Weft.Twin.Hashing;

namespace Weft.Twin.Tests.Flows;

public sealed class FlowCsvTests
{
    private const string Heads = "smac,dmac,vlan,ethertype,src,dst,proto,sport,dport\n";
    private const string Macs = "52:54:00:12:34:56,52:54:00:ab:cd:ef";
    private const string Good = Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,tcp,40000,443\n";

    [Fact]
    public void Lines_of_the_measurement_take_the_port_that_the_kernel_chose_for_the_whole_frame()
    {
        var text = File.ReadAllText(SpecFiles.PathOf("specs", "kernel", "xmit-hash.csv"));
        var file = FlowCsv.Read("xmit-hash.csv", text);
        file.HasErrors.ShouldBeFalse();
        file.Flows.Length.ShouldBe(1956);
        var lines = text.TrimEnd('\n').Split('\n');
        var heads = lines[0].Split(',').ToList();
        var (wrong, seen) = (new List<string>(), 0);
        for (var at = 0; at < file.Flows.Length; at++)
        {
            var cells = lines[at + 1].Split(',');
            string Cell(string name) => cells[heads.IndexOf(name)];
            // What else a frame holds (a first fragment's flag, an ICMP type, an inner packet) no column says.
            if (Cell("via") == "rawtag" || Cell("kind") is not ("ipv4" or "ipv6" or "arp" or "other" or "ipv4-laterfrag" or "vxlan") || Cell("proto") is not ("" or "tcp" or "udp" or "sctp"))
                continue;
            seen++;
            if (XmitHash.Of(file.Flows[at].Frame.Span, file.Flows[at].Tag, XmitPolicies.Of(Cell("policy"))!.Value, KernelVersion.Linux61) % uint.Parse(Cell("nports"), CultureInfo.InvariantCulture) != uint.Parse(Cell("port"), CultureInfo.InvariantCulture))
                wrong.Add(lines[at + 1]);
        }
        wrong.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(600);
    }

    [Fact]
    public void Columns_come_in_any_order_and_others_are_passed_over()
    {
        var file = FlowCsv.Read("f.csv", "\ufeffnote, DPORT ,proto,dst,src,ethertype,vlan,sport,dmac,smac\r\n\r\n\"a, \"\"b\"\"\nc\",443,TCP,10.0.0.20, 10.0.0.10 ,\"0x0800\",100,40000,52-54-0-ab-cd-ef,52:54:00:12:34:56");
        file.Findings.ShouldBeEmpty();
        var flow = file.Flows.ShouldHaveSingleItem();
        flow.Tag.ShouldBe(100);
        XmitHash.Of(flow.Frame.Span, flow.Tag, XmitPolicy.Layer34, KernelVersion.Linux61).ShouldBe(0x52d2723cu);
        XmitHash.Of(FlowCsv.Read("f.csv", Good).Flows[0].Frame.Span, -1, XmitPolicy.Layer34, KernelVersion.Linux61).ShouldBe(0x52d2723cu);
    }

    [Theory]
    [InlineData(",,0800,10.0.0.10,10.0.0.20,icmp,4660,", 0x061c1c18u)]
    [InlineData(",,,10.0.0.10,10.0.0.20,1,4660,", 0x061c1c18u)]
    [InlineData(",,ipv6,2001:db8::10,2001:db8::20,udp,5000,53", 0x0282c6cfu)]
    [InlineData(",,0800,10.0.0.10,10.0.0.20,tcp,,", 0x0f0f0f0fu)]
    [InlineData(",,0800,10.0.0.10,10.0.0.20,gre,,", 0x0f0f0f0fu)]
    [InlineData(",,88b5,,,,,", 0x880cu)]
    public void A_line_is_hashed_as_its_frame(string rest, uint expected) =>
        XmitHash.Of(FlowCsv.Read("f.csv", Heads + Macs + rest).Flows.ShouldHaveSingleItem().Frame.Span, -1, XmitPolicy.Layer34, KernelVersion.Linux61).ShouldBe(expected);

    [Fact]
    public void Frames_are_valid()
    {
        // tcpdump's word for it: lengths, and checksums of IP, TCP, UDP and ICMP, are right, so that adding all up gives ffff.
        foreach (var (rest, pseudo, length) in new[] { ("10.0.0.10,10.0.0.20,tcp,40000,443", 6, 20), ("10.0.0.10,10.0.0.20,udp,5000,53", 17, 8), ("10.0.0.10,10.0.0.20,icmp,7,", 0, 8), ("10.0.0.10,10.0.0.20,igmp,,", 0, 8) })
        {
            var frame = FlowCsv.Read("f.csv", $"{Heads}{Macs},,,{rest}").Flows.ShouldHaveSingleItem().Frame.ToArray();
            frame.Length.ShouldBe(60, rest);
            (frame[16] << 8 | frame[17]).ShouldBe(20 + length, rest);
            Sum(frame[14..34]).ShouldBe(0xffff, rest);
            byte[] covered = pseudo == 0 ? frame[34..(34 + length)] : [.. frame[26..34], 0, (byte)pseudo, 0, (byte)length, .. frame[34..(34 + length)]];
            Sum(covered).ShouldBe(0xffff, rest);
        }

        static int Sum(byte[] bytes)
        {
            var sum = bytes.Chunk(2).Sum(pair => pair[0] << 8 | (pair.Length > 1 ? pair[1] : 0));
            return (sum & 0xffff) + (sum >> 16);
        }
    }

    public static TheoryData<string, string, int, int, string> Mistakes => new()
    {
        { "", "flow-columns", 1, 1, "there is no line here" },
        { "\n\n", "flow-columns", 1, 1, "there is no line here" },
        { Heads, "flow-columns", 1, 1, "no flow follows the first line" },
        { "smac,dmac,vlan,ethertype,src,dst,proto,sport\n", "flow-columns", 1, 1, "the first line names no column dport" },
        { "smac,dmac,vlan,ethertyp,src,dst,proto,sport,dport\n", "flow-columns", 1, 1, "the first line names no column ethertype; did you mean \"ethertyp\"?" },
        { "smac;dmac;vlan\n", "flow-columns", 1, 1, "semicolons separate nothing here, commas do" },
        { Heads.Replace("dport", "dport,SRC", StringComparison.Ordinal), "flow-columns", 1, 52, "the column src is named twice" },
        { Good + Macs + ",,0800,10.0.0.10\n", "flow-fields", 3, 43, "this line has 5 fields, and the first line names 9" },
        { Heads + "52:54:00:12:34,52:54:00:ab:cd:ef,,0800,10.0.0.10,10.0.0.20,tcp,1,2", "flow-value", 2, 1, "\"52:54:00:12:34\" is no MAC" },
        { Heads + "52:54:00:12:34:56,52:54:00:ab:cd:eg,,0800,10.0.0.10,10.0.0.20,tcp,1,2", "flow-value", 2, 19, "\"52:54:00:ab:cd:eg\" is no MAC" },
        { Heads + Macs + ",4095,0800,10.0.0.10,10.0.0.20,tcp,1,2", "flow-value", 2, 37, "\"4095\" is no VLAN id" },
        { Heads + Macs + ",,8100,10.0.0.10,10.0.0.20,tcp,1,2", "flow-value", 2, 38, "\"8100\" is a tag's EtherType" },
        { Heads + Macs + ",,46,,,,,", "flow-value", 2, 38, "\"46\" is no EtherType" },
        { Heads + Macs + ",,,,,tcp,1,2", "flow-value", 2, 38, "neither ethertype nor src says what this flow is" },
        { Heads + Macs + ",,0800,10.0.0.300,10.0.0.20,tcp,1,2", "flow-value", 2, 43, "\"10.0.0.300\" is no IPv4 address" },
        { Heads + Macs + ",,0800,10.1,10.0.0.20,tcp,1,2", "flow-value", 2, 43, "\"10.1\" is no IPv4 address" },
        { Heads + Macs + ",,0800,10.0.0.10,2001:db8::1,tcp,1,2", "flow-value", 2, 53, "\"2001:db8::1\" is no IPv4 address" },
        { Heads + Macs + ",,86dd,10.0.0.10,2001:db8::1,tcp,1,2", "flow-value", 2, 43, "\"10.0.0.10\" is no IPv6 address" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,tpc,1,2", "flow-value", 2, 63, "\"tpc\" is no protocol of IP; did you mean \"tcp\"?" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,tcp,65536,2", "flow-value", 2, 67, "\"65536\" is no port of tcp" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,tcp,1,", "flow-value", 2, 69, "an empty field is no port of tcp" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,tcp,-1,2", "flow-value", 2, 67, "\"-1\" is no port of tcp" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,icmp,,9", "flow-value", 2, 69, "icmp has no such port" },
        { Heads + Macs + ",,0800,10.0.0.10,10.0.0.20,gre,1,", "flow-value", 2, 67, "gre has no such port" },
        { Heads + "\"52:54:00:12:34:56,52:54", "flow-quote", 2, 1, "this quote is never closed" },
        { Heads + "\"52:54:00:12:34:56\"x,", "flow-quote", 2, 20, "a field goes on behind its closing quote with \"x\"" },
        { Heads + Macs + ",4\"5\",0800,10.0.0.10,10.0.0.20,tcp,1,2", "flow-quote", 2, 37, "\"4\"5\"\" has a quote in it and does not begin with one" },
        { Heads + "\"a\n" + Macs, "flow-quote", 2, 1, "this quote is never closed" },
        { Good + "\n\n" + Macs + ",x,0800,10.0.0.10,10.0.0.20,tcp,1,2", "flow-value", 5, 37, "\"x\" is no VLAN id" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_at_its_field(string text, string rule, int line, int column, string what)
    {
        var file = FlowCsv.Read("f.csv", text);
        var finding = file.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Place.Line, finding.Place.Column).ShouldBe((rule, Severity.Error, line, column), finding.What);
        finding.What.ShouldContain(what);
        finding.Why.ShouldNotBeEmpty();
        finding.Mend.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_mistake_of_a_line_is_told_and_of_very_many_the_first()
    {
        FlowCsv.Read("f.csv", $"{Heads}x,y,z,0800,a,b,c,d,e\n{Good[Heads.Length..]}").Findings.Length.ShouldBe(6);
        var many = FlowCsv.Read("f.csv", Heads + string.Concat(Enumerable.Repeat("x,y,,0800,10.0.0.1,10.0.0.2,tcp,1,2\n", 100)));
        many.Findings.Length.ShouldBe(21);
        many.Findings[^1].Rule.ShouldBe("flow-mistakes");
        many.Findings[^1].Place.Line.ShouldBe(12);
    }

    [Fact]
    public void Flows_of_tunnels_are_taken_and_what_is_not_known_of_them_is_said()
    {
        var file = FlowCsv.Read("f.csv", $"{Good}{Macs},,,10.0.0.1,10.0.0.2,gre,,\n{Macs},,,10.0.0.1,10.0.0.2,ipip,,\n");
        file.Flows.Length.ShouldBe(3);
        file.Findings.ShouldHaveSingleItem().ToString().ShouldContain("2 flows are a tunnel's");
        (file.Findings[0].Severity, file.Findings[0].Place.Line).ShouldBe((Severity.Warning, 3));
    }

    [Fact]
    public void Any_text_is_read_to_its_end_without_an_exception()
    {
        var random = new Random(4180);
        string[] bits = [",", "\"", "\n", "\r\n", "\r", " ", "\t", "\0", "\u202e", "a", "52:54:00:12:34:56", "0800", "86dd", "10.0.0.1", "::1", "tcp", "65536", "-1", Heads, "\ufeff", "💧"];
        for (var round = 0; round < 3000; round++)
        {
            var text = (round % 2 == 0 ? Heads : "") + string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => bits[random.Next(bits.Length)]));
            var file = FlowCsv.Read("f.csv", text);
            (file.Flows.Length > 0 || file.HasErrors).ShouldBeTrue(text);
            file.Findings.ShouldAllBe(finding => finding.Place.Line >= 1 && finding.Place.Column >= 1);
        }
    }
}
