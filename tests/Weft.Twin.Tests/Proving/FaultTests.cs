// What may fail, in which order it is tried, and that whatever refutes can be typed.

using Weft.Tests;
using Weft.Topology;
using Weft.Twin.Proving;
using Weft.Twin.Scenes;
using Weft.Twin.Tests.Scenes;

namespace Weft.Twin.Tests.Proving;

public sealed class FaultTests
{
    /// <summary>The host sends by eth0 to sw1, and its router is beyond the link to sw2.</summary>
    private const string Beyond =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0}}
        networks: {storage: {link: bond0, vlan: 80, addresses: [10.0.80.11/24], gateway: 10.0.80.1}}
        cabling: {eth0: {switch: sw1, vlans: [80]}, eth1: {switch: sw2, vlans: [80]}}
        switches: {sw1: {}, sw2: {addresses: {80: 10.0.80.1/24}}}
        links: [[sw1, sw2]]
        expect:
          - {from: kvm1, to: 10.0.80.1, survives: any-one}

        """;

    /// <summary>The same with a pair of switches, whose second has the active port.</summary>
    private const string Paired =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth1}}
        networks: {storage: {link: bond0, vlan: 80, addresses: [10.0.80.11/24]}}
        cabling: {eth0: {switch: sw1, vlans: [80]}, eth1: {switch: sw2, vlans: [80]}}
        switches: {sw1: {mlag: one}, sw2: {mlag: one}, spine: {addresses: {80: 10.0.80.1/24}}}
        links: [[spine, sw1]]
        expect:
          - {from: kvm1, to: 10.0.80.1}

        """;

    [Fact]
    public void A_link_between_switches_fails_like_a_cable()
    {
        var verdict = Proven(Beyond).Verdicts[0];

        verdict.Holds.ShouldBe(false);
        verdict.Counter!.Faults.Single().ShouldSatisfyAllConditions(fault => fault.Kind.ShouldBe(FaultKind.Link), fault => fault.Said.ShouldBe("the link between sw1 and sw2"));
        (verdict.Counter.Command, verdict.Counter.IsShown).ShouldBe(("weft simulate FILE --fail sw1/sw2@5s --from kvm1 --to 10.0.80.1", true));
        SurvivalText(verdict).ShouldContain("does not survive the link between switches");
        // With the active port where the router is, nothing goes over the link.
        Proven(Beyond.Replace("primary: eth0", "primary: eth1", StringComparison.Ordinal)).Verdicts[0].Tried.ShouldContain(one => one.Faults.Count == 1 && one.Faults[0].Kind == FaultKind.Link && one.Holds);
    }

    [Fact]
    public void A_pair_that_loses_its_peer_link_cuts_its_second_off()
    {
        var proven = Proven(Paired);

        proven.Verdicts[0].Tried.Where(one => one.Faults.Count == 1 && one.Faults[0].Kind == FaultKind.Link).Select(one => (one.Faults[0].Said, one.Holds))
            .ShouldBe([("the link between spine and sw1", false), ("the peer link of sw1 and sw2", false)]);
        proven.Assumed.ShouldContain("where sw1 and sw2 lose their peer link, sw2 takes its ports of groups down that the pair shares, and what else is plugged in there is cut off from sw1");
        // The other way round the first goes on.
        Proven(Paired.Replace("primary: eth1", "primary: eth0", StringComparison.Ordinal)).Verdicts[0].Tried.ShouldContain(one => one.Faults.Count == 1 && one.Faults[0].Words[0] == "sw1/sw2" && one.Holds);
        // A group of both loses the second's port, and lives on.
        var grouped = Paired.Replace("mode: active-backup, miimon: 100, primary: eth1", "mode: 802.3ad, miimon: 100", StringComparison.Ordinal).Replace("vlans: [80]", "vlans: [80], group: Po1, lacp: active", StringComparison.Ordinal);
        Proven(grouped).Verdicts[0].Tried.ShouldContain(one => one.Faults.Count == 1 && one.Faults[0].Words[0] == "sw1/sw2" && one.Holds);
    }

    [Fact]
    public void A_link_beside_one_that_is_down_here_is_not_let_fail_and_that_is_said()
    {
        var ring = Proven(Beyond.Replace("links: [[sw1, sw2]]", "links: [[sw1, sw2], [sw2, sw1]]", StringComparison.Ordinal));

        ring.Verdicts[0].Tried.ShouldNotContain(one => one.Faults.Any(fault => fault.Kind == FaultKind.Link));
        ring.Assumed.ShouldContain("the link sw1/sw2 does not fail by itself: another that would take its place is down here");
    }

    [Fact]
    public void A_link_is_mended_whichever_end_is_named_first()
    {
        var scene = Stages.Scene(Paired);
        Failure.Conflict([scene.Failure("spine/sw1@1s"), scene.Failure("sw1/spine@2s", isRepair: true)], 10_000).ShouldBeNull();
        Failure.Conflict([scene.Failure("sw1/sw2@1s"), scene.Failure("sw2/sw1@2s")], 10_000)?.Wrong.ShouldBe("it has failed already then");
        var losses = scene.Run(30_000, ["sw1/sw2@5s"], ["sw2/sw1@15s"]).Losses;
        losses.ShouldContain(loss => loss.Lost > 0);
        losses.ShouldAllBe(loss => loss.LostAtEnd == 0);
    }

    [Theory]
    [InlineData("nics: {\"a@1s\": {match: {name: eth0}}, eth1: {}}", "eth0", "a@1s")]
    [InlineData("nics: {sw1: {match: {name: eth0}}, eth1: {}}", "eth0", "sw1")]
    [InlineData("nics: {eth1: {match: {name: eth0}}, eth0: {match: {name: eth1}}}", "", "")]
    public void Whatever_fails_can_be_typed(string nics, string from, string to)
    {
        var text = Beyond.Replace("nics: {eth0: {}, eth1: {}}", nics, StringComparison.Ordinal);
        Typed(from.Length == 0 ? text : text.Replace("[eth0,", $"[\"{to}\",", StringComparison.Ordinal).Replace("primary: eth0", $"primary: \"{to}\"", StringComparison.Ordinal).Replace("{eth0: {switch", $"{{\"{to}\": {{switch", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_machines_may_hold_what_separates_words()
    {
        var name = $"rack:7@left-{new string('x', 100)}";
        var (one, other) = (Stages.Host(Beyond) with { Name = name }, Stages.Host(Beyond.Replace("10.0.80.11", "10.0.80.12", StringComparison.Ordinal)) with { Name = "sw1:lacp" });
        Typed([one]);
        Typed([one, other]);
    }

    /// <summary>Each fault's words are read as what they are said of, and nothing else.</summary>
    private static void Typed(string text) => Typed([Stages.Host(text)]);

    private static void Typed(IReadOnlyList<NamedHost> hosts)
    {
        var scene = Scene.Of(hosts).Scene.ShouldNotBeNull();
        var faults = Faults.Of(scene.Layout, [80]);
        faults.Count.ShouldBeGreaterThan(5);
        var things = faults.SelectMany(fault => fault.Words.Select(word => (fault.Kind, Thing: Breaks(scene, word)))).ToList();
        things.Where(one => one.Kind == FaultKind.Switch).ShouldAllBe(one => one.Thing == BreakableKind.Switch);
        things.Where(one => one.Kind == FaultKind.Link).ShouldAllBe(one => one.Thing == BreakableKind.Link);
        things.Where(one => one.Kind == FaultKind.Cable || one.Kind == FaultKind.Lacp || one.Kind == FaultKind.Vlan).ShouldAllBe(one => one.Thing == BreakableKind.Cable);
        foreach (var fault in faults.Where(fault => fault.Kind == FaultKind.Cable))
            Breakable.Find(scene, fault.Words[0], null).Found!.Cables.ShouldBe([scene.Cords.Single(pair => pair.Cord == fault.Cords[0]).Cable]);
    }

    private static BreakableKind Breaks(Scene scene, string word)
    {
        scene.Failure($"{word}@5s").Word.ShouldBe(word);
        return Breakable.Find(scene, word.EndsWith(":vlan=80", StringComparison.Ordinal) ? word[..^8] : word, null).Found.ShouldNotBeNull().Kind;
    }

    [Fact]
    public void Of_two_hosts_the_plainest_failure_is_told()
    {
        // The first host loses its router where a VLAN goes missing alone, the second where its only cable is pulled.
        var second = "host: kvm2\nnics: {eth0: {}}\nnetworks: {storage: {link: eth0, vlan: 80, addresses: [10.0.80.12/24]}}\ncabling: {eth0: {switch: sw2, vlans: [80]}}\n";
        var first = Beyond.Replace("{from: kvm1, to: 10.0.80.1, survives: any-one}", "{network: storage, within: 60s}", StringComparison.Ordinal).Replace("primary: eth0", "primary: eth1", StringComparison.Ordinal);
        var counter = Proven(first, second).Verdicts[0].Counter.ShouldNotBeNull();

        counter.Faults.Single().Said.ShouldBe("the cable of kvm2/eth0");
    }

    [Fact]
    public void A_card_fails_after_none_of_its_own_cables()
    {
        var card = Beyond.Replace("nics: {eth0: {}, eth1: {}}", "nics: {eth0: {pcie: {gen: 3, lanes: 8, slot: riser1}}, eth1: {pcie: {gen: 3, lanes: 8, slot: riser1}}, eth2: {}}", StringComparison.Ordinal)
            .Replace("ports: [eth0, eth1]", "ports: [eth0, eth1, eth2]", StringComparison.Ordinal).Replace("eth1: {switch: sw2, vlans: [80]}", "eth1: {switch: sw2, vlans: [80]}, eth2: {switch: sw2, vlans: [80]}", StringComparison.Ordinal)
            .Replace("primary: eth0", "primary: eth2", StringComparison.Ordinal).Replace("any-one", "any-two", StringComparison.Ordinal);
        var verdict = Proven(card).Verdicts[0];

        verdict.Tried.ShouldNotContain(one => one.Faults.Count == 2 && one.Faults[0].Words.Intersect(one.Faults[1].Words).Any());
        verdict.Counter.ShouldNotBeNull().Faults.Select(fault => fault.Said).ShouldBe(["the cable of eth2", "the card in slot riser1 with eth0 and eth1"]);
        verdict.Counter.IsShown.ShouldBeTrue();
    }

    [Fact]
    public void A_groups_VLAN_goes_missing_once()
    {
        var grouped = Beyond.Replace("mode: active-backup, miimon: 100, primary: eth0", "mode: 802.3ad, miimon: 100", StringComparison.Ordinal).Replace("switch: sw1, vlans: [80]", "switch: sw2, vlans: [80]", StringComparison.Ordinal).Replace("vlans: [80]", "vlans: [80], group: Po1", StringComparison.Ordinal)
            .Replace(", survives: any-one", ", within: 500s", StringComparison.Ordinal);

        Proven(grouped, 2).Verdicts[0].Tried.ShouldNotContain(one => one.Faults.Count == 2 && one.Faults.All(fault => fault.Kind == FaultKind.Vlan));
    }

    /// <summary>What holds with the one may not hold with the other: three runs that hold prove nothing, and one that does not refutes.</summary>
    [Fact]
    public void Which_of_two_LACP_partners_is_taken_is_not_decided()
    {
        string Apart(string links) => Beyond.Replace("mode: active-backup, miimon: 100, primary: eth0", "mode: 802.3ad, miimon: 100", StringComparison.Ordinal).Replace("links: [[sw1, sw2]]\n", links, StringComparison.Ordinal)
            .Replace("vlans: [80]", "vlans: [80], group: Po1", StringComparison.Ordinal).Replace("switches: {sw1: {}, sw2: {addresses: {80: 10.0.80.1/24}}}", "switches: {sw1: {addresses: {80: 10.0.80.1/24}}, sw2: {}}", StringComparison.Ordinal)
            .Replace(", survives: any-one", "", StringComparison.Ordinal);
        var apart = Apart("links: [[sw1, sw2]]\n");
        var verdict = Proven(apart).Verdicts[0];
        verdict.Holds.ShouldBeNull();
        verdict.Why.ShouldBe("kvm1: Po1 of sw1 and Po1 of sw2 are not one group, so that bond0 uses one of them, and which hangs on who answered first; 3 runs are no proof");
        // Where the router is beyond one of them alone, a run that takes the other refutes it, and can be seen.
        var lost = Proven(Apart("")).Verdicts[0];
        (lost.Holds, lost.Counter!.Faults.Count, lost.Counter.IsShown).ShouldBe((false, 0, true));
        // Of a pair they are one.
        Proven(apart.Replace("sw2: {}", "sw2: {mlag: one}", StringComparison.Ordinal).Replace("sw1: {addr", "sw1: {mlag: one, addr", StringComparison.Ordinal)).Verdicts[0].Holds.ShouldBe(true);
    }

    [Fact]
    public void A_link_that_only_another_file_tells_of_joins_its_switches()
    {
        var told = Beyond.Replace("links: [[sw1, sw2]]\n", "", StringComparison.Ordinal);
        const string Other = "host: kvm2\nnics: {eth0: {}}\ncabling: {eth0: {switch: sw2, vlans: [81]}}\nlinks: [[sw1, sw2]]\n";

        Proven(told, Other).Verdicts[0].Tried.First(one => one.Faults.Count == 0).Holds.ShouldBeTrue();
    }

    private static string SurvivalText(Verdict verdict) => Weft.Twin.Proving.SurvivalText.Of(verdict);

    private static Proven Proven(params string[] texts) => Proof.Of([.. texts.Select(Stages.Host)], new()).Proven.ShouldNotBeNull();

    private static Proven Proven(string text, int faults) => Proof.Of([Stages.Host(text)], new(faults)).Proven.ShouldNotBeNull();
}
