// weft trace as a person and a program get it: the way there and back, the exit code, and every wrong word and file.

using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class TraceTests : IDisposable
{
    internal const string Host =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        bridges: {br0: {ports: [bond0], addresses: [10.0.0.11/24]}}
        guests: {vm1: {nics: [{bridge: br0, addresses: [10.0.0.21/24]}]}}
        cabling: {eth0: {switch: sw1, native: 1}, eth1: {switch: sw1, native: 1}}
        switches: {sw1: {addresses: {1: 10.0.0.1/24}}}

        """;

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_way_of_an_echo_is_a_line_a_decision_there_and_back()
    {
        var ran = Run(Host, "--from", "vm1", "--to", "10.0.0.1");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        var lines = ran.Output.Split('\n');
        lines[0].ShouldBe("     0.000 ms  vm1   eth0       made: an echo from 10.0.0.21 to 10.0.0.1, by 10.0.0.0/24 dev eth0");
        lines.ShouldContain("     0.001 ms  kvm1  bond0      chose: eth0: it is the active port");
        lines.ShouldContain("     0.002 ms  sw1   kvm1.eth0  entered: VLAN 1: it has no tag, and that is the PVID of kvm1.eth0 in sw");
        lines[^3].ShouldBe("     0.004 ms  vm1   eth0       arrived: the answer to an echo");
        lines[^2].ShouldBe("delivered, and answered");
        using var piped = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Host));
        Weft.RunWith(piped, "trace", "-", "--from", "vm1", "--to", "sw1").ShouldBe(ran, "a name means the address that both ends are near");
    }

    [Fact]
    public void A_program_gets_every_hop_of_every_copy()
    {
        var ran = Run(Host, "--from", "vm1", "--to", "sw1", "--cold", "--json");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        using var document = JsonDocument.Parse(ran.Output);
        var hops = document.RootElement.GetProperty("hops").EnumerateArray().ToList();
        hops.ShouldAllBe(hop => hop.GetProperty("device").GetString()!.Length > 0 && hop.GetProperty("did").GetString()!.Length > 0 && hop.GetProperty("why").GetString()!.Length > 0);
        hops.ShouldContain(hop => hop.GetProperty("device").GetString() == "kvm1.eth1" && !hop.GetProperty("on_way").GetBoolean());
        hops.Select(hop => hop.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, hops.Count));
        hops.ShouldAllBe(hop => hop.GetProperty("before").GetInt32() < hop.GetProperty("number").GetInt32());
        document.RootElement.GetProperty("delivered").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("arrived").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("assumed").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void What_went_elsewhere_is_counted_and_all_tells_it()
    {
        var (short_, all) = (Run(Host, "--from", "vm1", "--to", "sw1", "--cold"), Run(Host, "--from", "vm1", "--to", "sw1", "--cold", "--all"));
        (short_.Code, all.Code).ShouldBe((0, 0));
        short_.Output.ShouldContain("eth0       asked: who has 10.0.0.1? ARP from 10.0.0.21, to all\n", customMessage: "the question that the echo waits for is on its way");
        short_.Output.ShouldContain("eth0       learned: 10.0.0.1 is at ");
        short_.Output.ShouldNotContain("sw1   kvm1.eth1  ");
        all.Output.ShouldContain("sw1   kvm1.eth1  ");
        var hidden = all.Output.Split('\n').Length - (short_.Output.Split('\n').Length - 1);
        hidden.ShouldBeGreaterThan(2);
        short_.Output.ShouldContain($"\n{hidden} more hops of copies that went elsewhere: --all shows them\n");
    }

    [Fact]
    public void An_echo_that_is_lost_is_a_finding_and_says_where_and_whether_it_had_arrived()
    {
        var there = Run(Host.Replace("addresses: [10.0.0.11/24]", "mtu: 9000, addresses: [10.0.0.11/24]", StringComparison.Ordinal).Replace("miimon: 100", "miimon: 100, mtu: 9000", StringComparison.Ordinal).Replace("sw1: {", "sw1: {mtu: 1500, ", StringComparison.Ordinal), "--from", "kvm1", "--to", "sw1", "--size", "8000");
        (there.Code, there.Errors).ShouldBe((3, ""));
        there.Output.ShouldEndWith("kvm1.eth0  dropped: it is 8028 bytes long behind its header, and the link takes 1500\nnot answered: the echo did not arrive\n");
        var back = Run(Host.Replace("10.0.0.11/24", "10.0.0.11/32", StringComparison.Ordinal), "--from", "vm1", "--to", "10.0.0.11");
        back.Code.ShouldBe(3);
        back.Output.ShouldContain("not answered: ");
    }

    [Fact]
    public void Nobody_there_is_asked_again_and_told_once()
    {
        // The switch tags VLAN 9 to a host that takes no tags: what comes back is nobody's.
        var file = Host.Replace("native: 1}, eth1: {switch: sw1, native: 1", "vlans: [9], native: 1}, eth1: {switch: sw1, vlans: [9], native: 1", StringComparison.Ordinal).Replace("{1: 10.0.0.1/24}", "{9: 10.0.0.1/24}", StringComparison.Ordinal);
        var ran = Run(file, "--from", "vm1", "--to", "10.0.0.1");
        ran.Code.ShouldBe(3);
        ran.Output.Split('\n').Count(line => line.Contains("vm1", StringComparison.Ordinal) && line.Contains("asked: who has 10.0.0.1?", StringComparison.Ordinal)).ShouldBe(1);
        ran.Output.ShouldContain("more hops since the address was asked for again: --all shows them\nnot answered: the echo did not arrive\n");
        Run(file, "--from", "vm1", "--to", "10.0.0.1", "--all").Output.Split('\n').Count(line => line.Contains("asked: who has 10.0.0.1?", StringComparison.Ordinal)).ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Hosts_with_IPv6_alone_and_without_cabling_are_followed_and_what_is_assumed_is_said()
    {
        const string Six = "host: a\nnics: {eth0: {addresses: [\"2001:db8::a/64\"], gateway: \"2001:db8::1\"}}\n";
        var (one, other) = (folder.Put("a.yaml", Six), folder.Put("b.yaml", Six.Replace("host: a", "host: b", StringComparison.Ordinal).Replace("::a", "::b", StringComparison.Ordinal)));
        var ran = Weft.Run("trace", one, other, "--from", "a", "--to", "b");
        (ran.Code, ran.Output.EndsWith("delivered, and answered\n", StringComparison.Ordinal)).ShouldBe((0, true));
        ran.Errors.Split('\n').Count(line => line.StartsWith("assumed: ", StringComparison.Ordinal)).ShouldBe(2);
        Weft.Run("trace", one, other, "--from", "a", "--to", "b", "--quiet").ShouldBe(ran with { Errors = "" });
        using var document = JsonDocument.Parse(Weft.Run("trace", one, other, "--from", "a", "--to", "b", "--json").Output);
        document.RootElement.GetProperty("assumed").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void A_rule_stops_nothing_and_a_refusal_of_the_kernel_is_said_at_its_line()
    {
        // The switch spreads over both cables, and the bond hears on one: what somebody wants to see.
        var odd = folder.Put("odd.yaml", Host.Replace("native: 1", "native: 1, group: Po1, lacp: static", StringComparison.Ordinal));
        Weft.Run("check", odd).Code.ShouldBe(3);
        var lost = Weft.Run("trace", odd, "--from", "kvm1", "--to", "sw1");
        (lost.Code, lost.Errors).ShouldBe((3, ""));
        lost.Output.ShouldEndWith("kvm1  eth1       dropped: bond0 takes nothing here while eth0 is its active port\nnot answered: the echo arrived, and its answer did not\n");
        var vlan = Run(Host + "vlans: {eth0.5: {link: eth0, id: 5, mtu: 9000}}\n", "--from", "vm1", "--to", "sw1");
        (vlan.Code, vlan.Output).ShouldBe((3, ""));
        vlan.Errors.ShouldStartWith($"{Path.Combine(folder.Path, "host.yaml")}:8:9: error kernel-refused: the kernel refused to add vlan eth0.5");
        vlan.Errors.ShouldContain("\n  mend: ");
        var bond = Run(Host.Replace("active-backup, miimon: 100", "balance-tlb, arp_interval: 100, arp_ip_target: [10.0.0.1]", StringComparison.Ordinal), "--from", "vm1", "--to", "sw1");
        bond.Errors.Split('\n').Count(line => line.Contains(": error ", StringComparison.Ordinal)).ShouldBe(1, "what only follows from the refusal is not told beside it");
    }

    [Theory]
    [InlineData("--to needs a NAME; see weft trace --help", "--from", "vm1", "--to")]
    [InlineData("--from: nobody in the files is called \"vm2\", or has that address; did you mean \"vm1\"?", "--from", "vm2", "--to", "sw1")]
    [InlineData("--to: nobody in the files is called \"192.0.2.77\", or has that address; there are sw1, kvm1, vm1", "--from", "vm1", "--to", "192.0.2.77")]
    [InlineData("--to: \"10.0.0.21\" is the sender itself, whose own addresses answer without a frame; name somebody else", "--from", "vm1", "--to", "10.0.0.21")]
    [InlineData("--size: an echo holds 0 to 65507 bytes, and not 65508", "--from", "vm1", "--to", "sw1", "--size", "65508")]
    [InlineData("--size: an echo holds 0 to 65507 bytes, and not -1", "--from", "vm1", "--to", "sw1", "--size", "-1")]
    [InlineData("--size needs a whole number, and \"9k\" is none; see weft trace --help", "--from", "vm1", "--to", "sw1", "--size", "9k")]
    [InlineData("--seed needs a whole number from 0 on, and \"-1\" is none; see weft trace --help", "--from", "vm1", "--to", "sw1", "--seed", "-1")]
    [InlineData("--all and --json exclude each other: the document has every hop; see weft trace --help", "--from", "vm1", "--to", "sw1", "--all", "--json")]
    public void A_wrong_word_is_one_sentence_and_exit_code_2(string sentence, params string[] words) => Run(Host, words).ShouldBe(new Ran(2, "", $"weft: {sentence}\n"));

    [Fact]
    public void A_wrong_file_is_said_and_how()
    {
        Weft.Run("trace", "/no/such.yaml", "--from", "a", "--to", "b").ShouldBe(new Ran(2, "", "weft: /no/such.yaml: there is no such file\n"));
        Weft.Run("trace", "-", "-", "--from", "a", "--to", "b").ShouldBe(new Ran(2, "", "weft: standard input cannot be two host files; give one of them a name\n"));
        var file = folder.Put("twice.yaml", Host);
        var twice = Weft.Run("trace", file, file, "--from", "vm1", "--to", "sw1");
        twice.Code.ShouldBe(3);
        twice.Errors.ShouldContain("error no-scene: kvm1 is the name of two hosts, switches or guests");
        var bad = Run("nics: {eth0: {mtu: x}}\n", "--from", "a", "--to", "b", "--json");
        using var document = JsonDocument.Parse(bad.Output);
        (bad.Code, document.RootElement.GetProperty("findings")[0].GetProperty("line").GetInt32()).ShouldBe((3, 1));
        Run("nics: {eth0: {}, eth1: {}}\nguests: {vm1: {nics: [{bridge: br0}]}}\n", "--from", "host", "--to", "vm1").Errors.ShouldEndWith("weft: --to: \"vm1\" has no address that could be sent to; give it one under `addresses`, or say another\n");
    }

    private Ran Run(string host, params string[] words) => Weft.Run(["trace", folder.Put("host.yaml", host), .. words]);
}
