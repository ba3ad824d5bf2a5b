// What a proof may not say: refuted, of what nobody can see; and nothing at all, of what it could not ask.

using Weft.Spec;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Reports;

namespace Weft.Twin.Tests.Proving;

public sealed class HonestyTests
{
    /// <summary>The bond asks in VLAN 10 whether its port is alive, and believes whatever comes in by it.</summary>
    private const string Believing = """
        version: 1
        host: h
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [10.1.0.1], primary: eth0, primary_reselect: failure}}
        networks:
          n10: {link: bond0, vlan: 10, bridge: br10, addresses: [10.1.0.11/24]}
          n20: {link: bond0, vlan: 20, bridge: br20, addresses: [10.2.0.11/24]}
        guests:
          g10: {nics: [{network: n10, addresses: [10.1.0.21/24]}]}
          g20: {nics: [{network: n20, addresses: [10.2.0.21/24]}]}
        cabling: {eth0: {switch: sw1, vlans: [10, 20]}, eth1: {switch: sw1, vlans: [10, 20]}}
        switches: {sw1: {addresses: {10: 10.1.0.1/24, 20: 10.2.0.1/24}}}

        """;

    [Fact]
    public void What_no_run_of_the_whole_files_shows_is_doubted_and_not_refuted()
    {
        var guest = Of(Believing).First(verdict => verdict.Expectation.Text.StartsWith("g10", StringComparison.Ordinal));

        // While others speak in VLAN 20 nobody notices that VLAN 10 is missing; alone, the bond takes the other port.
        guest.Holds.ShouldBeNull();
        guest.Why.ShouldBe("g10 to sw1 (10.1.0.1): no longer answered while others ask too, and in no run of the whole files in which nobody else does");
        guest.Counter.ShouldBeNull();
        guest.Tried.Where(one => !one.Holds).ShouldAllBe(one => one.Faults[0].Kind == FaultKind.Vlan);
    }

    private const string Unanswered = """
        version: 1
        host: h
        nics: {eth0: {}}
        networks: {n10: {link: eth0, vlan: 10, bridge: br10, addresses: [10.1.0.11/24], gateway: 10.1.0.1}}
        guests: {g10: {nics: [{network: n10, addresses: [10.1.0.21/24]}]}}
        cabling: {eth0: {switch: sw1, vlans: [10]}}
        expect: [{network: n10, survives: any-one}]

        """;

    [Fact]
    public void A_gateway_that_nobody_has_is_told_and_not_left_out()
    {
        var verdicts = Of(Unanswered);

        verdicts.Select(verdict => (verdict.Expectation.Text, verdict.Holds)).ShouldBe([
            ("{network: n10, survives: any-one}", null), ("g10 reaches its gateway 10.1.0.1", null), ("10.1.0.11 of h answers", null)]);
        verdicts.ShouldAllBe(verdict => verdict.Why == "nobody in the files has the gateway 10.1.0.1, and so nobody can be asked whether it is reached");
        // The line was asked all the same, as far as somebody could be.
        verdicts[0].Tried.ShouldNotBeEmpty();
        var finding = ProofFindings.Of(Proven(Unanswered)).ShouldHaveSingleItem();
        (finding.Rule, finding.Mend).ShouldBe(("expectation-undecided", "say who has it: `addresses` of a switch under `switches`, or of a host or guest"));
    }

    [Fact]
    public void A_gateway_that_a_switch_has_is_asked()
    {
        Of($"{Unanswered}switches: {{sw1: {{addresses: {{10: 10.1.0.1/24}}}}}}\n").ShouldAllBe(verdict => verdict.Why.Contains("no longer answered"));
    }

    private const string Two = """
        version: 1
        host: h
        nics: {eth0: {addresses: [10.0.0.1/24, "2001:db8::1/64"]}}
        guests: {}
        cabling: {eth0: {switch: sw1, native: 5}}
        switches: {sw1: {addresses: {5: "2001:db8::ff/64"}}, sw2: {addresses: {6: 10.0.6.1/24}}, sw3: {}}
        links: [[sw1, sw2], [sw2, sw3]]
        networks: {empty: {link: eth0, vlan: 7}}

        """;

    [Theory]
    [InlineData("{from: h, to: other}", "\"h\" has 10.0.0.1 itself, and would be answered by itself without a frame")]
    [InlineData("{from: h, to: 10.0.0.1}", "\"h\" and \"10.0.0.1\" are the same machine")]
    [InlineData("{from: sw3, to: h}", "\"sw3\" has no IPv4 address to ask 10.0.0.1 from")]
    [InlineData("{from: other, to: 2001:db8::1}", "\"other\" has no IPv6 address to ask 2001:db8::1 from")]
    [InlineData("{from: h, to: sw3}", "\"sw3\" has no address")]
    [InlineData("{network: empty}", "the network \"empty\" is there, and nobody in the files has an address in it")]
    public void Who_cannot_ask_is_told_and_proves_and_refutes_nothing(string line, string why)
    {
        var verdict = Proven($"{Two}expect: [{line}]\n", """
            version: 1
            host: other
            nics: {eth0: {addresses: [10.0.0.1/24]}}
            cabling: {eth0: {switch: sw1, native: 5}}

            """).Verdicts[0];

        (verdict.Holds, verdict.Why, verdict.Tried.Count).ShouldBe((null, why, 0));
    }

    [Fact]
    public void A_switch_asks_by_the_address_that_it_has()
    {
        var verdict = Of($"{Two}expect: [{{from: sw1, to: h}}]\n")[0];

        (verdict.Holds, verdict.Expectation.Questions[0].Target.ToString()).ShouldBe((true, "2001:db8::1"));
    }

    [Fact]
    public void Of_a_link_that_carries_nothing_here_nothing_is_refuted()
    {
        static string Host(int one, int other) => $$$"""
            version: 1
            host: v{{{one}}}
            nics: {eth0: {addresses: [10.0.0.{{{one}}}/24]}}
            vxlans: {vx: {id: 5, local: 10.0.0.{{{one}}}, remote: 10.0.0.{{{other}}}, port: 4789, link: eth0}}
            bridges: {brx: {ports: [vx], addresses: [10.9.0.{{{one}}}/24]}}
            cabling: {eth0: {switch: s, native: 5}}
            expect: [{from: v{{{one}}}, to: 10.9.0.{{{other}}}}, {from: v{{{one}}}, to: 10.0.0.{{{other}}}}]

            """;

        var proven = Proven(Host(1, 2), Host(2, 1));

        proven.Verdicts.Take(2).Select(verdict => (verdict.Holds, verdict.Why)).ShouldBe([
            (null, "v1 to v2 (10.9.0.2): not answered here, where no frames are carried over a vxlan such as vx"), (true, "")]);
        SurvivalText.Of(proven.Verdicts[0]).ShouldBeEmpty();
        ProofFindings.Of(proven)[0].Mend.ShouldBe("try it on a real kernel, with weft lab run");
    }

    /// <summary>What a switch is, several files say together: the one that is left out for its host is not asked of says more than the other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_all_files_say_of_a_switch_counts_folded_too(bool isFolded)
    {
        const string Asking = """
            version: 1
            host: h
            nics: {eth0: {mtu: 9000, addresses: [10.0.0.1/24]}}
            cabling: {eth0: {switch: sw1, native: 5}}
            switches: {sw1: {mtu: 9216, addresses: {6: 10.0.6.1/24}}}
            expect: [{from: h, to: 10.0.0.2}, {from: h, to: 10.0.0.254}]

            """;
        const string Saying = """
            version: 1
            host: other
            nics: {eth0: {}}
            cabling: {eth0: {switch: sw1, native: 6}}
            switches: {sw1: {mtu: 1500, addresses: {5: 10.0.0.254/24}}}

            """;
        const string Asked = """
            version: 1
            host: asked
            nics: {eth0: {mtu: 9000, addresses: [10.0.0.2/24]}}
            cabling: {eth0: {switch: sw1, native: 5}}

            """;

        foreach (var files in new[] { new[] { Asking, Saying, Asked }, [Saying, Asking, Asked] })
        {
            var proven = Proven(isFolded, files);

            proven.Verdicts.Take(2).Select(verdict => verdict.Why).ShouldBe([
                "h to asked (10.0.0.2): small frames pass, and those of the full size are lost", "h to sw1 (10.0.0.254): small frames pass, and those of the full size are lost"]);
            proven.Assumed.ShouldContain(note => note.StartsWith("sw1: an MTU of ", StringComparison.Ordinal) && note.EndsWith("; the smaller counts", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Two_switches_are_a_pair_whichever_file_says_so()
    {
        static string Host(string name, int own, string mlag) => $$$"""
            version: 1
            host: {{{name}}}
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, addresses: [10.0.0.{{{own}}}/24]}}
            cabling: {eth0: {switch: a, native: 5, group: P{{{own}}}, lacp: active}, eth1: {switch: b, native: 5, group: P{{{own}}}, lacp: active}}
            switches: {a: { {{{mlag}}} addresses: {5: 10.0.0.254/24}}, b: { {{{mlag}}} mtu: 9216}}

            """;
        var files = new[] { Host("h1", 1, ""), Host("h2", 2, "mlag: p,") };

        foreach (var order in new[] { files, [files[1], files[0]] })
            Proven(order).Layout!.Boxes.Select(box => string.Join(' ', box.Members)).ShouldBe(["a b"]);
    }

    [Fact]
    public void What_a_monitor_hears_through_a_group_hangs_on_addresses_and_is_never_proven()
    {
        var grouped = Believing.Replace("switch: sw1,", "switch: sw1, group: Po1, lacp: static,", StringComparison.Ordinal);
        grouped.ShouldNotBe(Believing);

        Of(grouped).ShouldAllBe(verdict => verdict.IsChance && verdict.Holds != true);
    }

    private static IReadOnlyList<Verdict> Of(string text) => Proven(text).Verdicts;

    private static Proven Proven(params string[] texts) => Proven(true, texts);

    private static Proven Proven(bool isFolded, string[] texts)
    {
        var hosts = texts.Select((text, at) =>
        {
            var reading = HostFile.Read($"/{at}.yaml", text);
            reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
            return new Weft.Topology.NamedHost(reading.Host!.Name ?? "h", $"/{at}.yaml", reading.Host!);
        }).ToList();
        var (proven, findings) = Proof.Of(hosts, new() { Files = "h.yaml", IsFolded = isFolded });
        findings.ShouldBeEmpty();
        return proven!;
    }
}
