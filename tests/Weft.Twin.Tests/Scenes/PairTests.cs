// A pair of switches: each carries on its part of a group what its own ports say.

using Weft.Topology;
using Weft.Twin.Proving;

namespace Weft.Twin.Tests.Scenes;

public sealed class PairTests
{
    private const string Pair =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, xmit_hash_policy: layer3+4}}
        networks:
          storage: {link: bond0, vlan: 80, addresses: [10.0.80.11/24]}
          guests: {link: bond0, vlan: 90, addresses: [10.0.90.11/24]}
        cabling: {eth0: {switch: sw1, vlans: [80], group: Po1, lacp: active}, eth1: {switch: sw2, vlans: [2-4094], group: Po1, lacp: active}}
        switches: {sw1: {mlag: one, addresses: {80: 10.0.80.1/24, 90: 10.0.90.1/24}}, sw2: {mlag: one}}
        expect:
          - {from: kvm1, to: 10.0.80.1, survives: any-one}
          - {from: kvm1, to: 10.0.90.1}

        """;

    [Fact]
    public void A_VLAN_that_one_of_a_pair_does_not_carry_is_missed_by_the_flows_that_go_there()
    {
        var verdicts = Proof.Of([Stages.Host(Pair)], new()).Proven.ShouldNotBeNull().Verdicts;

        verdicts[0].Holds.ShouldBe(true);
        verdicts[1].Holds.ShouldBe(false);
        (verdicts[1].Counter!.Faults.Count, verdicts[1].Counter!.IsShown).ShouldBe((0, true));
        Proof.Of([Stages.Host(Pair.Replace("vlans: [80]", "vlans: [80, 90]", StringComparison.Ordinal))], new()).Proven!.Verdicts[1].Holds.ShouldBe(true);
    }

    [Fact]
    public void A_VLAN_goes_missing_on_one_of_a_pair_alone()
    {
        var scene = Stages.Scene(Pair.Replace("2-4094", "80", StringComparison.Ordinal));
        var (one, other) = (scene.Failure("eth0:vlan=80@5s"), scene.Failure("eth1:vlan=80@6s"));

        Weft.Twin.Scenes.Failure.Conflict([one, other], 10_000).ShouldBeNull();
        scene.Run(20_000, ["eth0:vlan=80@5s", "eth1:vlan=80@6s"]).Losses.Where(loss => loss.Network == "storage").ShouldContain(loss => loss.LostAtEnd > 0);
    }

    [Fact]
    public void The_ports_of_a_group_may_take_frames_without_a_tag_for_one_VLAN_alone() =>
        Layouts.Of([Stages.Host(Pair.Replace("vlans: [80], group", "vlans: [80], native: 7, group", StringComparison.Ordinal))]).Notes
            .ShouldBe(["the ports of group Po1 of sw1 take frames without a tag for different VLANs; assumed is what kvm1's eth0 says"]);
}
