// What lies on a question's way, and can fail there: VLANs that a bridge gives to what has no tag, hosts that route between others, and the VLANs between them.

using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Proving;

namespace Weft.Twin.Tests.Proving;

public sealed class WaysTests
{
    private const string Filtering = """
        version: 1
        host: h
        nics: {eth0: {}}
        bridges: {br0: {vlan_filtering: true, default_pvid: PVID, ports: {eth0: {vlans: [10, 20]}}ADDRESS}}
        GUESTS
        cabling: {eth0: {switch: sw1, vlans: [10, 20]}}
        switches: {sw1: {addresses: {10: 10.1.0.1/24}}}
        expect: [{from: FROM, to: 10.1.0.1}]

        """;

    [Theory]
    [InlineData("10", ", addresses: [10.1.0.11/24]", "", "h")]
    [InlineData("10", "", "guests: {g: {nics: [{bridge: br0, addresses: [10.1.0.21/24]}]}}", "g")]
    public void What_has_no_tag_within_a_bridge_may_have_one_on_the_cable(string pvid, string address, string guests, string from)
    {
        var text = Filtering.Replace("PVID", pvid, StringComparison.Ordinal).Replace("ADDRESS", address, StringComparison.Ordinal).Replace("GUESTS", guests, StringComparison.Ordinal).Replace("FROM", from, StringComparison.Ordinal);

        var verdict = Of(true, text);

        verdict.Holds.ShouldBe(true);
        verdict.Tried.ShouldContain(one => one.Faults.Count == 1 && one.Faults[0].Vlan == 10 && !one.Holds);
        verdict.Tried.ShouldNotContain(one => one.Faults.Count == 1 && one.Faults[0].Vlan == 20);
    }

    private const string Switch = "switches: {sw1: {addresses: {10: 10.1.0.1/24, 20: 10.2.0.1/24, 30: 10.3.0.1/24}}}\n";

    /// <summary>There a asks by the router r in VLAN 20, and b answers by the switch.</summary>
    private static readonly string[] Three =
    [
        "host: a\nnics: {eth0: {}}\nnetworks: {n10: {link: eth0, vlan: 10, addresses: [10.1.0.11/24], gateway: 10.1.0.9}}\ncabling: {eth0: {switch: sw1, vlans: [10]}}\nexpect: [{from: a, to: b}]\n" + Switch,
        "host: r\nnics: {eth0: {}}\nvlans:\n  eth0.10: {link: eth0, id: 10, addresses: [10.1.0.9/24], forwarding: true}\n  eth0.20: {link: eth0, id: 20, addresses: [10.2.0.9/24], gateway: 10.2.0.1, forwarding: true}\ncabling: {eth0: {switch: sw1, vlans: [10, 20]}}\n",
        "host: b\nnics: {eth0: {}}\nnetworks: {n30: {link: eth0, vlan: 30, addresses: [10.3.0.11/24], gateway: 10.3.0.1}}\ncabling: {eth0: {switch: sw1, vlans: [30]}}\n",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_routes_between_two_others_is_part_of_their_question(bool isFolded)
    {
        var verdict = Of(isFolded, Three);

        verdict.Holds.ShouldBe(true);
        verdict.Tried.Where(one => one.Faults is [{ Kind.Word: "vlan" }] && !one.Holds).Select(one => $"{one.Faults[0]}").ShouldBe([
            "VLAN 10 missing on the switch's port of a/eth0", "VLAN 10 missing on the switch's port of r/eth0", "VLAN 20 missing on the switch's port of r/eth0", "VLAN 30 missing on the switch's port of b/eth0"]);
        verdict.Tried.ShouldContain(one => one.Faults.Count == 1 && $"{one.Faults[0]}" == "the cable of r/eth0" && !one.Holds);
    }

    /// <summary>Nobody tells the switches where a guest is that says nothing.</summary>
    private const string Quiet = """
        version: 1
        host: h
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0}}
        networks: {n10: {link: bond0, vlan: 10, bridge: br10}}
        guests: {g: {nics: [{network: n10, addresses: [10.1.0.21/24]}]}}
        cabling: {eth0: {switch: sw1, vlans: [10]}, eth1: {switch: sw2, vlans: [10]}}
        switches: {sw1: {}, sw2: {addresses: {10: 10.1.0.1/24}}}
        links: [[sw1, sw2]]
        expect: [{from: sw2, to: g, within: 2s}, {from: g, to: sw2, within: 2s}]

        """;

    [Fact]
    public void What_others_frames_teach_the_switches_answers_no_question()
    {
        var (proven, _) = Proof.Of([new("h", "/h.yaml", HostFile.Read("/h.yaml", Quiet).Host!)], new() { IsUsualAsked = false });

        var (asked, asking) = (proven!.Verdicts[0], proven.Verdicts[1]);
        (asked.Holds, asked.Counter?.IsShown, asking.Counter?.IsTooLate ?? false).ShouldBe((false, true, false), asked.Why);
        asked.Counter!.Faults.Select(fault => $"{fault}").ShouldBe(["the cable of eth0"]);
        asked.Counter.IsTooLate.ShouldBeTrue();
    }

    private static Verdict Of(bool isFolded, params string[] texts)
    {
        var hosts = texts.Select((text, at) => HostFile.Read($"/{at}.yaml", text)).ToList();
        hosts.ForEach(reading => reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings)));
        var (proven, findings) = Proof.Of([.. hosts.Select((reading, at) => new NamedHost(reading.Host!.Name!, $"/{at}.yaml", reading.Host))], new() { IsFolded = isFolded, IsUsualAsked = false });
        findings.ShouldBeEmpty();
        return proven!.Verdicts.Single();
    }
}
