// weft simulate as a person and a program get it: the timeline, what was lost, recordings that other programs read, and every wrong word.

using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class SimulateTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_failure_is_a_timeline_and_a_sum_for_each_network()
    {
        var ran = Run("--fail", "eth0@1s", "--repair", "eth0@2.5s", "--for", "4s");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        var lines = ran.Output.TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("     1.000 s  eth0 failed: the cable is out");
        lines.ShouldContain(line => line.EndsWith("kvm1: bond0 active: eth1 is the active port now, after eth0", StringComparison.Ordinal));
        lines.ShouldContain("     2.500 s  eth0 repaired: the cable is in again");
        lines.Count(line => line.Contains(" lost: ", StringComparison.Ordinal)).ShouldBe(2);
        lines[^1].ShouldMatch("^br0: lost [0-9]+ of 800 echoes; the longest silence [0-9]+ ms$");
        lines[..^1].Select(line => decimal.Parse(line[..10], System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();
    }

    [Fact]
    public void A_program_gets_happenings_and_losses()
    {
        using var document = JsonDocument.Parse(Run("--fail", "sw1@1s", "--for", "2s", "--json").Output);
        var root = document.RootElement;
        var first = root.GetProperty("events")[0];
        (first.GetProperty("at_ms").GetDecimal(), first.GetProperty("device").GetString(), first.GetProperty("did").GetString(), first.GetProperty("why").GetString())
            .ShouldBe((1000, "sw1", "failed", "the switch is dead, and no cable of it has carrier"));
        var (lost, conversations) = (root.GetProperty("lost").GetProperty("br0").GetInt64(), root.GetProperty("conversations").EnumerateArray().ToList());
        conversations.Select(one => (one.GetProperty("from").GetString(), one.GetProperty("to").GetString(), one.GetProperty("target").GetString())).ShouldBe([("kvm1", "sw1", "10.0.0.1"), ("vm1", "sw1", "10.0.0.1")]);
        conversations.Sum(one => one.GetProperty("lost").GetInt64()).ShouldBe(lost);
        lost.ShouldBeInRange(198, 202);
        (root.GetProperty("end_ms").GetInt64(), root.GetProperty("storm").GetBoolean()).ShouldBe((2000, false));
    }

    [Fact]
    public void Who_never_had_an_answer_is_sent_to_trace_and_who_has_no_address_speaks_with_nobody()
    {
        var mute = Weft.Run("simulate", folder.Put("mute.yaml", TraceTests.Host.Replace("native: 1}, eth1: {switch: sw1, native: 1", "vlans: [7]}, eth1: {switch: sw1, vlans: [7]", StringComparison.Ordinal)), "--for", "1s");
        mute.Output.ShouldContain("br0: lost 200 of 200 echoes; the longest silence 1.0 s\n");
        mute.Output.ShouldContain("vm1 had no answer at all; weft trace with --from vm1 --to 10.0.0.1 shows where it is lost\n");
        var none = Weft.Run("simulate", folder.Put("none.yaml", "nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\nguests: {vm1: {nics: [{bridge: br0}]}}\n"), "--for", "1s", "-q");
        none.ShouldBe(new Ran(0, "nobody speaks with anybody: the files give no two ends of a network an address\n", ""));
        using var empty = JsonDocument.Parse(Weft.Run("simulate", folder.Put("empty.yaml", "version: 1\n"), "--json").Output);
        empty.RootElement.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_switch_of_a_pair_dies_and_two_hosts_are_told_apart()
    {
        const string Pair =
            """
            host: a
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, addresses: [10.0.0.11/24]}}
            cabling: {eth0: {switch: leaf-a, native: 1, group: Po1, lacp: active}, eth1: {switch: leaf-b, native: 1, group: Po1, lacp: active}}
            switches: {leaf-a: {mlag: pair, addresses: {1: 10.0.0.1/24}}, leaf-b: {mlag: pair}}

            """;
        var one = folder.Put("a.yaml", Pair);
        var ran = Weft.Run("simulate", one, "--fail", "leaf-a@1s", "--for", "5s");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("a: eth0 down: the poll found no carrier\n");
        ran.Output.ShouldNotContain("eth1 down");
        ran.Output.ShouldContain("bond0: lost none of 500 echoes\n");
        var two = folder.Put("b.yaml", Pair.Replace("host: a", "host: b", StringComparison.Ordinal).Replace("0.11/24", "0.12/24", StringComparison.Ordinal).Replace("Po1", "Po2", StringComparison.Ordinal));
        Weft.Run("simulate", one, two, "--fail", "eth0@1s").ShouldBe(new Ran(2, "", "weft: --fail: a and b each have a NIC \"eth0\"; say a/eth0 or another\n"));
        var both = Weft.Run("simulate", one, two, "--fail", "b/eth0@1s", "--for", "3s");
        both.Output.ShouldContain("b: eth0 down: the poll found no carrier\n");
        both.Output.ShouldNotContain("a: eth0 down");
    }

    [Fact]
    public void A_group_loses_a_VLAN_with_all_its_ports_and_has_it_back_untagged()
    {
        const string Group =
            """
            host: a
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, addresses: [10.0.0.11/24]}}
            vlans: {bond0.7: {link: bond0, id: 7, addresses: [10.7.0.11/24]}}
            cabling: {eth0: {switch: sw1, vlans: [7], native: 1, group: Po1, lacp: active}, eth1: {switch: sw1, vlans: [7], native: 1, group: Po1, lacp: active}}
            switches: {sw1: {addresses: {1: 10.0.0.1/24, 7: 10.7.0.1/24}}}

            """;
        var ran = Weft.Run("simulate", folder.Put("group.yaml", Group), "--fail", "eth0:vlan=1@1s", "--repair", "eth1:vlan=1@2s", "--for", "4s");
        ran.Code.ShouldBe(0, ran.Errors);
        ran.Output.ShouldContain("eth0:vlan=1 failed: the group of the switch's port no longer carries VLAN 1, and its links stay up\n");
        ran.Output.ShouldContain("bond0: lost 100 of 400 echoes; the longest silence 1.0 s\n");
        ran.Output.ShouldContain("bond0.7: lost none of 400 echoes\n");
    }

    [Fact]
    public void Recordings_are_what_tcpdump_and_flows_read_and_find_no_fault_with()
    {
        var file = folder.Put("host.yaml", TraceTests.Host.Replace("active-backup", "802.3ad", StringComparison.Ordinal).Replace("native: 1", "native: 1, group: Po1", StringComparison.Ordinal).Replace("10.0.0.11/24]", "10.0.0.11/24, \"2001:db8::11/64\"]", StringComparison.Ordinal)
            .Replace("1: 10.0.0.1/24", "1: [10.0.0.1/24, \"2001:db8::1/64\"]", StringComparison.Ordinal));
        var to = Path.Combine(folder.Path, "new", "recordings");
        Weft.Run("simulate", file, "--fail", "eth0@2s", "--repair", "eth0@4s", "--for", "20s", "--every", "100", "--pcap", to).Code.ShouldBe(0);
        Directory.GetFiles(to).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(["kvm1-eth0.pcap", "kvm1-eth1.pcap", "vm1-eth0.pcap"]);
        var words = new List<string>();
        foreach (var pcap in Directory.GetFiles(to))
        {
            var dump = Weft.Shell($"tcpdump -n -e -vvv -r '{pcap}'");
            dump.Code.ShouldBe(0);
            dump.Output.Split('\n').ShouldAllBe(line => !new[] { "bad ", "wrong", "incorrect", "invalid", "truncated", "[|", "unknown" }.Any(fault => line.Contains(fault, StringComparison.OrdinalIgnoreCase)));
            words.Add(dump.Output);
            var flows = Weft.Run("flows", file, "--pcap", pcap);
            (flows.Code, flows.Errors).ShouldBe((0, ""), pcap);
        }
        foreach (var kind in new[] { "LACPv1", "ICMP echo request", "ICMP echo reply", "ICMP6, echo request", "ICMP6, neighbor" })
            words.ShouldContain(dump => dump.Contains(kind, StringComparison.Ordinal), kind);
    }

    [Fact]
    public void An_older_kernel_behaves_as_it_did_and_leaves_out_what_it_does_not_know()
    {
        var file = folder.Put("host.yaml", TraceTests.Host.Replace("mode: active-backup", "mode: active-backup, peer_notif_delay: 200", StringComparison.Ordinal));
        var (now, then) = (Weft.Run("simulate", file, "--fail", "eth0@1s", "--for", "2s"), Weft.Run("simulate", file, "--fail", "eth0@1s", "--for", "2s", "--kernel", "4.18"));
        (now.Code, now.Errors, then.Code).ShouldBe((0, "", 0));
        then.Errors.ShouldBe("assumed: kvm1: bond0 has peer_notif_delay 200, which Linux 4.18 does not know: it is left out\n");
        Weft.Run("simulate", file, "--kernel", "6.1", "--fail", "eth0@1s", "--for", "2s").Output.ShouldBe(now.Output);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_said()
    {
        var file = folder.Put("taken", "");
        Run("--pcap", file, "--for", "1s").ShouldBe(new Ran(2, "", $"weft: --pcap: {file} is a file, and recordings go to a folder; name another\n"));
        Run("--pcap", "", "--for", "1s").ShouldBe(new Ran(2, "", "weft: --pcap: the name of the folder is empty\n"));
        Run("--pcap", "/dev/null/x", "--for", "1s").Errors.ShouldStartWith("weft: --pcap: /dev/null/x: no folder can be made there: ");
        var full = Directory.CreateDirectory(Path.Combine(folder.Path, "full")).FullName;
        File.CreateSymbolicLink(Path.Combine(full, "vm1-eth0.pcap"), "/dev/full");
        var ran = Run("--pcap", full, "--for", "1s");
        (ran.Code, ran.Output).ShouldBe((1, ""));
        ran.Errors.ShouldStartWith($"weft: --pcap: {full}: a recording could not be written: No space left on device");
    }

    [Fact]
    public void One_conversation_can_be_heard_alone_by_another_flow_and_in_full_size()
    {
        var ran = Run("--fail", "eth0@1s", "--for", "6s", "--from", "vm1", "--to", "10.0.0.1", "--flow", "1", "--full", "--json");
        using var document = JsonDocument.Parse(ran.Output);
        var said = document.RootElement.GetProperty("conversations").EnumerateArray().ToList();
        said.Select(one => (one.GetProperty("network").GetString(), one.GetProperty("from").GetString(), one.GetProperty("to").GetString())).ShouldBe([("br0", "vm1", "sw1")]);
        said.ShouldAllBe(one => one.GetProperty("lost").GetInt64() > 0 && one.GetProperty("lost_at_end").GetInt64() == 0 && one.GetProperty("longest_ms").GetDecimal() <= 120);
        Run("--fail", "sw1@1s", "--for", "9s", "--from", "10.0.0.21", "--to", "kvm1").Output.ShouldEndWith("br0: lost none of 900 echoes\n");
        var cut = Run("--fail", "sw1@1s", "--for", "9s", "--from", "vm1", "--to", "sw1");
        cut.Output.ShouldContain("vm1 to sw1 (10.0.0.1) lost: 800 echoes, all to the end\n");
        // What does not fit the bridge's way out is lost in full size alone.
        var wide = folder.Put("wide.yaml", TraceTests.Host.Replace("nics: {eth0: {}, eth1: {}}", "nics: {eth0: {mtu: 9000}, eth1: {mtu: 9000}}", StringComparison.Ordinal).Replace("miimon: 100", "miimon: 100, mtu: 9000", StringComparison.Ordinal)
            .Replace("addresses: [10.0.0.11/24]", "mtu: 9000, addresses: [10.0.0.11/24]", StringComparison.Ordinal).Replace("sw1: {addresses", "sw1: {mtu: 1500, addresses", StringComparison.Ordinal));
        Weft.Run("simulate", wide, "--for", "2s", "--from", "vm1", "--to", "sw1").Output.ShouldEndWith("br0: lost none of 200 echoes\n");
        Weft.Run("simulate", wide, "--for", "2s", "--from", "vm1", "--to", "sw1", "--full").Output.ShouldContain("br0: lost 200 of 200 echoes");
    }

    [Theory]
    [InlineData("--from: nobody in the files is called \"vm2\", or has that address; did you mean \"vm1\"?", "--from", "vm2", "--to", "sw1")]
    [InlineData("--to: \"kvm1\" is the sender itself, whose own addresses answer without a frame; name somebody else", "--from", "kvm1", "--to", "kvm1")]
    [InlineData("--from needs --to beside it: a conversation has two ends", "--from", "vm1")]
    [InlineData("--to needs --from beside it: a conversation has two ends", "--to", "vm1")]
    [InlineData("--full is about one conversation; say --from and --to too", "--full")]
    [InlineData("--flow: between 0 and 255, and not 256", "--from", "vm1", "--to", "sw1", "--flow", "256")]
    [InlineData("--fail: \"eth0\" does not say what and when; say it as eth0@5s, leaf-a@500ms, leaf-a/spine-1@5s, eth0:lacp@5s or eth0:vlan=80@5s; with several hosts as kvm1/eth0@5s", "--fail", "eth0")]
    [InlineData("--fail: there is no NIC and no switch called \"eth2\"; did you mean \"eth0\"?", "--fail", "eth2@5s")]
    [InlineData("--fail: there is no NIC and no switch called \"leaf-a\"; there are eth0, eth1, sw1", "--fail", "leaf-a@5s")]
    [InlineData("--fail: no port of a switch at \"eth0\" carries VLAN 9; name one that the cabling says", "--fail", "eth0:vlan=9@5s")]
    [InlineData("--fail: 4095 is no VLAN; VLANs are 1 to 4094", "--fail", "eth0:vlan=4095@5s")]
    [InlineData("--fail: \"eth0@999999999h\" is later than a day from the start; take a shorter time: the twin counts every second of it", "--fail", "eth0@999999999h")]
    [InlineData("--fail: \"eth0\": it would come at 5 s, and the run ends at 5 s; say a longer --for", "--fail", "eth0@5s", "--for", "5s")]
    [InlineData("--fail: \"eth0\": it has failed already then; say --repair between the two", "--fail", "eth0@5s", "--fail", "eth0@6s")]
    [InlineData("--repair: \"eth0\": it works then, and there is nothing to repair; say with --fail what breaks, and when, before that", "--repair", "eth0@5s")]
    [InlineData("--repair: \"eth0\": it works then, and there is nothing to repair; say with --fail what breaks, and when, before that", "--fail", "eth0@5s", "--repair", "eth0@4s")]
    [InlineData("--for: \"-5s\" is no time; write 90s, 5m or 1h", "--for", "-5s")]
    [InlineData("--for: a day at most; the twin counts every second of it", "--for", "25h")]
    [InlineData("--kernel: \"5.4\" is none whose ways are known, which are 4.18, rhel8, 5.15, 6.1", "--kernel", "5.4")]
    [InlineData("--every: between 1 and 60000 milliseconds, and not 0", "--every", "0")]
    [InlineData("that would be 172808004 echoes, and 20000000 are the most; say a shorter --for, or an --every above 1", "--every", "1", "--for", "24h")]
    public void A_wrong_word_is_one_sentence_and_exit_code_2(string sentence, params string[] words) => Run(words).ShouldBe(new Ran(2, "", $"weft: {sentence}\n"));

    private Ran Run(params string[] words) => Weft.Run(["simulate", folder.Put("host.yaml", TraceTests.Host), .. words]);
}
