// weft flows as a person and a program get it: cases of specs/flows, a recording, and every wrong word and file with its exit code.

using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class FlowsTests : IDisposable
{
    private const string Host =
        """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: layer3+4}
          bond1: {ports: [eth2, eth3], mode: balance-xor, miimon: 100, xmit_hash_policy: vlan+srcmac}

        """;

    private const string Csv = "smac,dmac,vlan,ethertype,src,dst,proto,sport,dport\n52:54:00:12:34:56,52:54:00:ab:cd:ef,,0800,10.0.0.10,10.0.0.20,tcp,40000,443\n52:54:00:12:34:56,52:54:00:ab:cd:ef,,0800,10.0.0.10,10.0.0.20,udp,5000,53\n";

    /// <summary>Two frames of E3 and E12, the second with a tag, as tcpdump records them.</summary>
    private const string Pcap =
        "d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000"
        + "00000000 00000000 2a000000 2a000000 525400abcdef 525400123456 0800 4500001c00010000 40060000 0a00000a 0a000014 9c4001bb 00000000"
        + "00000000 00000000 2e000000 2e000000 525400abcdef 525400123456 8100 0064 0800 4500001c00010000 40110000 0a00000a 0a000014 13880035 00080000";

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateDirectories(Path.Combine(Weft.Root, "specs", "flows")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_it_stands(string name)
    {
        var place = Path.Combine(Weft.Root, "specs", "flows", name);
        foreach (var (golden, more) in new[] { ("flows.txt", Array.Empty<string>()), ("flows.json", ["--json"]) })
        {
            var ran = Weft.Run(["flows", Path.Combine(place, "host.yaml"), "--csv", Path.Combine(place, "flows.csv"), .. more]);
            (ran.Code, ran.Errors).ShouldBe((0, ""));
            if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
                File.WriteAllText(Path.Combine(place, golden), ran.Output);
            ran.Output.ShouldBe(File.ReadAllText(Path.Combine(place, golden)), $"{name}/{golden}");
        }
    }

    [Fact]
    public void A_program_gets_every_flow_under_every_policy()
    {
        var ran = Run("--bond", "bond0", "--csv", folder.Put("f.csv", Csv), "--json");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        using var document = JsonDocument.Parse(ran.Output);
        var flows = document.RootElement.GetProperty("flows").EnumerateArray().ToList();
        flows.Select(flow => (flow.GetProperty("index").GetInt32(), flow.GetProperty("port").GetString(), flow.GetProperty("hash").GetUInt32(), flow.GetProperty("policy").GetString()))
            .ShouldBe([(0, "eth0", 0x52d2723cu, "layer3+4"), (1, "eth0", 0x1595d1d8u, "layer3+4")]);
        var other = flows[0].GetProperty("other").EnumerateArray().ToDictionary(one => one.GetProperty("policy").GetString()!, one => (one.GetProperty("port").GetString(), one.GetProperty("hash").GetUInt32()));
        other.Keys.ShouldBe(["layer2", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"], ignoreOrder: true);
        other["layer2"].ShouldBe(("eth1", 0x8b9u));
        other["layer2+3"].ShouldBe(("eth1", 0x1e1e16afu));
        document.RootElement.GetProperty("per_port").GetRawText().ShouldBe("{\"eth0\":2,\"eth1\":0}");
        document.RootElement.GetProperty("findings").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Another_kernel_and_a_port_that_is_down_change_the_answer()
    {
        var csv = folder.Put("f.csv", Csv);
        using var old = JsonDocument.Parse(Run("--bond", "bond0", "--csv", csv, "--json", "--kernel", "4.18").Output);
        old.RootElement.GetProperty("flows")[0].GetProperty("other").EnumerateArray().Select(one => (one.GetProperty("policy").GetString(), one.GetProperty("hash").GetUInt32())).ShouldContain(("layer2", 0xb1u));
        using var one = JsonDocument.Parse(Run("--bond", "bond0", "--csv", csv, "--json", "--down", "eth0").Output);
        one.RootElement.GetProperty("per_port").GetRawText().ShouldBe("{\"eth0\":0,\"eth1\":2}");
        var none = Run("--bond", "bond0", "--csv", csv, "--down", "eth0", "--down", "eth1");
        (none.Code, none.Errors).ShouldBe((0, ""));
        none.Output.ShouldEndWith("bond0 has no port to send over: every frame is dropped\n");
    }

    [Fact]
    public void A_recording_is_read_from_a_file_and_from_standard_input()
    {
        var bytes = Convert.FromHexString(Pcap.Replace(" ", "", StringComparison.Ordinal));
        var ran = Run("--bond", "bond0", "--pcap", folder.Put("a.pcap", bytes));
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        ran.Output.ShouldContain("  1  10.0.0.10:5000 > 10.0.0.20:53 udp vlan 100  eth0 ");
        using var piped = new MemoryStream(bytes);
        Weft.RunWith(piped, "flows", folder.Put("host.yaml", Host), "--bond", "bond0", "--pcap", "-").ShouldBe(ran);
        var cut = Run("--bond", "bond0", "--pcap", folder.Put("b.pcap", bytes[..^3]));
        cut.Code.ShouldBe(0);
        cut.Errors.ShouldContain("b.pcap: warning capture-ends: it ends within a frame, after 1 frames\n");
        cut.Output.ShouldContain("  1 flow, hashed as Linux 6.1 does");
        var cooked = Run("--bond", "bond0", "--pcap", folder.Put("c.pcap", [.. bytes[..20], 113, .. bytes[21..]]));
        (cooked.Code, cooked.Output).ShouldBe((3, ""));
        cooked.Errors.ShouldContain("c.pcap: error capture-link-type: frames in it are Linux cooked (LINUX_SLL, which tcpdump -i any records), not Ethernet\n");
    }

    [Fact]
    public void A_malformed_file_of_flows_is_findings_and_exit_code_3()
    {
        var csv = folder.Put("f.csv", Csv + "x,,,,,,,,\n");
        var ran = Run("--bond", "bond0", "--csv", csv);
        (ran.Code, ran.Output).ShouldBe((3, ""));
        ran.Errors.ShouldStartWith($"{csv}:4:1: error flow-value: \"x\" is no MAC\n   4 | x,,,,,,,,\n");
        using var document = JsonDocument.Parse(Run("--bond", "bond0", "--csv", csv, "--json").Output);
        (document.RootElement.GetProperty("flows").GetArrayLength(), document.RootElement.GetProperty("per_port").EnumerateObject().Count()).ShouldBe((0, 0));
        document.RootElement.GetProperty("findings")[0].GetProperty("line").GetInt32().ShouldBe(4);
    }

    [Fact]
    public void A_rule_stops_nothing_and_a_file_that_makes_no_model_does()
    {
        var csv = folder.Put("f.csv", Csv);
        // eth9 is declared nowhere, and the MTU is out of range.
        var odd = Weft.Run("flows", folder.Put("odd.yaml", "nics: {eth0: {mtu: 5}}\nbonds: {bond0: {ports: [eth0, eth9], mode: 802.3ad}}\n"), "--csv", csv);
        odd.Code.ShouldBe(0);
        odd.Errors.ShouldContain("error mtu-out-of-range");
        odd.Output.ShouldStartWith("bond0  802.3ad  layer2  eth0, eth9\n");
        foreach (var text in new[] { "nics: [\n", "bonds: {bond0: {ports: [eth0], mode: balance-xro}}\n", "bonds: {bond0: {ports: [eth0], mode: balance-xor, xmit_hash_policy: layer4}}\n" })
        {
            var ran = Weft.Run("flows", folder.Put("bad.yaml", text), "--csv", csv);
            (ran.Code, ran.Output).ShouldBe((3, ""), text);
            ran.Errors.ShouldContain(" error ", customMessage: text);
        }
    }

    [Fact]
    public void A_policy_that_a_kernel_lacks_is_said_at_its_line()
    {
        var ran = Run("--bond", "bond1", "--csv", folder.Put("f.csv", Csv), "--kernel", "4.18");
        (ran.Code, ran.Output).ShouldBe((3, ""));
        ran.Errors.ShouldContain("host.yaml:4:82: error policy-not-in-kernel: Linux 4.18 has no xmit_hash_policy vlan+srcmac\n");
    }

    [Theory]
    [InlineData("weft flows needs the flows, with --csv FILE or --pcap FILE; see weft flows --help", "--bond", "bond0")]
    [InlineData("--csv and --pcap exclude each other; see weft flows --help", "--csv", "a", "--pcap", "b")]
    [InlineData("--all and --json exclude each other: the document has every flow; see weft flows --help", "--csv", "F", "--all", "--json")]
    [InlineData("HOST has several bonds: say --bond, one of bond0, bond1", "--csv", "F")]
    [InlineData("there is no bond \"bond2\" in HOST; did you mean \"bond0\"?", "--csv", "F", "--bond", "bond2")]
    [InlineData("--down: \"eth2\" is no port of bond0; did you mean \"eth0\"?", "--csv", "F", "--bond", "bond0", "--down", "eth2")]
    [InlineData("--kernel: \"6.2\" is none whose ways are known, which are 4.18, rhel8, 5.15, 6.1", "--csv", "F", "--bond", "bond0", "--kernel", "6.2")]
    [InlineData("/no/such.csv: there is no such file", "--csv", "/no/such.csv", "--bond", "bond0")]
    [InlineData("/no/such.pcap: there is no such file", "--pcap", "/no/such.pcap", "--bond", "bond0")]
    [InlineData("--csv needs a FILE; see weft flows --help", "--csv")]
    [InlineData("--down needs a PORT; see weft flows --help", "--csv", "F", "--down")]
    public void A_wrong_word_is_one_sentence_and_exit_code_2(string sentence, params string[] words)
    {
        var (host, csv) = (folder.Put("host.yaml", Host), folder.Put("f.csv", Csv));
        Weft.Run(["flows", host, .. words.Select(word => word == "F" ? csv : word)]).ShouldBe(new Ran(2, "", $"weft: {sentence.Replace("HOST", host, StringComparison.Ordinal)}\n"));
    }

    [Fact]
    public void Standard_input_is_not_both_files_and_a_host_without_bonds_has_no_answer()
    {
        Weft.Run("flows", "-", "--csv", "-").Errors.ShouldBe("weft: standard input cannot be both the host file and the flows; give one of them a name\n");
        var host = folder.Put("plain.yaml", "nics: {eth0: {}}\n");
        Weft.Run("flows", host, "--csv", folder.Put("f.csv", Csv)).ShouldBe(new Ran(2, "", $"weft: {host} has no bond\n"));
    }

    private Ran Run(params string[] words) => Weft.Run(["flows", folder.Put("host.yaml", Host), .. words]);
}
