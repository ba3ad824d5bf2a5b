// Files in which two questions look alike and are not: what is refuted of the whole file must be refuted of the folded one too.

using Weft.Spec;
using Weft.Twin.Proving;

namespace Weft.Twin.Tests.Proving;

public sealed class LikenessTests
{
    private const string Bond = """
        version: 1
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0}}

        """;

    private const string Cables = """
        cabling: {eth0: {switch: sw1, vlans: [10, 20]}, eth1: {switch: sw1, vlans: [10, 20]}, eth2: {switch: sw1, vlans: [10], native: 1}, eth3: {switch: sw1, vlans: [10], native: 1}}
        switches: {sw1: {addresses: {10: 10.1.0.1/24, 20: 10.2.0.1/24}}}

        """;

    public static TheoryData<string, string[]> Files => new()
    {
        { "two hosts in different VLANs of one subnet", [OfPair("a", 20, 30), OfPair("b", 20, 31)] },
        { "a bridge of two cables that nobody asks about", [$"{Bond}host: h\nbridges: {{br-x: {{ports: [eth2, eth3]}}}}\nnetworks: {{n10: {{link: bond0, vlan: 10, addresses: [10.1.0.11/24]}}}}\n{Cables}expect: [{{from: h, to: 10.1.0.1}}]\n"] },
        { "a native VLAN that a bridge's port gives another", [$"{Bond}host: h\nbridges: {{br0: {{vlan_filtering: true, default_pvid: 0, ports: {{bond0: {{vlans: [20], pvid: 10}}}}}}}}\nguests:\n  g10: {{nics: [{{bridge: br0, vlan: 10, addresses: [10.1.0.21/24]}}]}}\n  g20: {{nics: [{{bridge: br0, vlan: 20, addresses: [10.2.0.21/24]}}]}}\n{Cables}expect: [{{from: g20, to: 10.2.0.1}}, {{from: g10, to: 10.1.0.1}}]\n"] },
        { "an address on what is a bridge's port", [$"{Bond}host: h\nvlans:\n  bond0.10: {{link: bond0, id: 10, addresses: [10.1.0.11/24]}}\n  bond0.20: {{link: bond0, id: 20, addresses: [10.2.0.11/24]}}\nbridges: {{br10: {{ports: [bond0.10]}}}}\n{Cables}expect: [{{from: h, to: 10.2.0.1}}, {{from: h, to: 10.1.0.1}}]\n"] },
        { "a network within another of the same host", [$"{Bond}host: h\nnetworks:\n  n10: {{link: bond0, vlan: 10, addresses: [10.1.0.12/16]}}\n  n20: {{link: bond0, vlan: 20, addresses: [10.1.0.11/24]}}\n  n30: {{link: bond0, vlan: 30, addresses: [10.3.0.12/16]}}\ncabling: {{eth0: {{switch: sw1, vlans: [10, 20, 30]}}, eth1: {{switch: sw1, vlans: [10, 20, 30]}}}}\nswitches: {{sw1: {{addresses: {{10: 10.1.0.1/16, 30: 10.3.0.1/16}}}}, sw2: {{addresses: {{20: 10.1.0.2/24}}}}}}\nlinks: [[sw1, sw2]]\nexpect: [{{from: h, to: 10.3.0.1}}, {{from: h, to: 10.1.0.1}}]\n"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Two_that_only_look_alike_are_asked_each(string what, string[] files)
    {
        var (folded, whole) = (Of(files, isFolded: true), Of(files, isFolded: false));
        folded.ShouldBe(whole, what);
        whole.ShouldContain(verdict => verdict.EndsWith("False", StringComparison.Ordinal), what);
    }

    [Theory]
    [InlineData("10.4.0.21", 1)]
    [InlineData("10.2.0.21", 3)]
    public void Who_has_an_address_that_somebody_else_has_is_asked_by_himself(string address, int asked)
    {
        // The guests of four networks are alike, unless two of them have one address.
        static string Each(Func<int, string> of) => string.Join('\n', Enumerable.Range(1, 4).Select(of));
        var text = $"{Bond}host: h\nnetworks:\n{Each(net => $"  n{net}0: {{link: bond0, vlan: {net}0, bridge: br{net}0}}")}\nguests:\n{Each(net => $"  g{net}: {{nics: [{{network: n{net}0, addresses: [{(net == 4 ? address : $"10.{net}.0.21")}/24]}}]}}")}\n"
            + $"cabling: {{eth0: {{switch: sw1, vlans: [10, 20, 30, 40]}}, eth1: {{switch: sw1, vlans: [10, 20, 30, 40]}}}}\nswitches: {{sw1: {{addresses: {{10: 10.1.0.1/24, 20: 10.2.0.1/24, 30: 10.3.0.1/24, 40: {(address.StartsWith("10.4.", StringComparison.Ordinal) ? "10.4.0.1" : "10.2.0.2")}/24}}}}}}\n";
        var (proven, _) = Proof.Of([new("h", "/h.yaml", HostFile.Read("/h.yaml", text).Host!)], new());
        proven!.Verdicts.Count.ShouldBe(4);
        proven.Effort.Asked.ShouldBe(asked);
    }

    [Fact]
    public void A_bound_is_judged_where_nothing_says_what_is_survived()
    {
        var file = $"{Bond}host: h\nnetworks: {{n10: {{link: bond0, vlan: 10, addresses: [10.1.0.11/24]}}}}\n{Cables}expect: [{{from: h, to: 10.1.0.1, within: 50ms}}]\n";
        Of([file], isFolded: true)[0].ShouldEndWith("False");
    }

    private static List<string> Of(string[] files, bool isFolded)
    {
        var hosts = files.Select((text, at) => HostFile.Read($"/{at}.yaml", text)).ToList();
        hosts.ForEach(reading => reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings)));
        var (proven, findings) = Proof.Of([.. hosts.Select((reading, at) => new Weft.Topology.NamedHost(reading.Host!.Name!, $"/{at}.yaml", reading.Host))], new() { IsFolded = isFolded });
        findings.ShouldBeEmpty();
        return [.. proven!.Verdicts.Where(verdict => verdict.Expectation.IsSaid).Select(verdict => $"{verdict.Expectation.Text}: {verdict.Holds}")];
    }

    private static string OfPair(string name, int one, int other) => $$$"""
        version: 1
        host: {{{name}}}
        nics: {eth0: {}}
        networks:
          s1: {link: eth0, vlan: {{{one}}}, addresses: [10.1.0.1{{{name[0] - 'a'}}}/24]}
          s2: {link: eth0, vlan: {{{other}}}, addresses: [10.2.0.1{{{name[0] - 'a'}}}/24]}
        cabling: {eth0: {switch: sw1, vlans: [2-4094]}}
        switches: {sw1: {}}
        expect: [{network: s1}, {network: s2}]

        """;
}
