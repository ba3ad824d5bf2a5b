// For how long a question was silent, however long all takes to settle, and whenever it was.

using Weft.Spec;
using Weft.Twin.Proving;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Proving;

public sealed class OutageTests
{
    private const string Failover = """
        version: 1
        host: h
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0, updelay: UPDELAY}}
        networks: {n10: {link: bond0, vlan: 10, addresses: [10.1.0.11/24]}}
        cabling: {eth0: {switch: sw1, vlans: [10]}, eth1: {switch: sw1, vlans: [10]}}
        switches: {sw1: {addresses: {10: 10.1.0.1/24}}}
        expect: [{from: h, to: 10.1.0.1, survives: any-one, within: WITHIN}]

        """;

    [Theory]
    [InlineData("0")]
    [InlineData("600s")]
    public void An_outage_is_remembered_however_long_all_takes_to_settle(string updelay)
    {
        var verdict = Of(Failover.Replace("UPDELAY", updelay, StringComparison.Ordinal).Replace("WITHIN", "1s", StringComparison.Ordinal));

        verdict.Holds.ShouldBe(true);
        verdict.WorstNs.ShouldBeInRange(90_000_000, 310_000_000);
        Of(Failover.Replace("UPDELAY", updelay, StringComparison.Ordinal).Replace("WITHIN", "50ms", StringComparison.Ordinal)).Holds.ShouldBe(false);
    }

    [Fact]
    public void An_outage_long_after_the_failure_does_not_fall_between_two_echoes()
    {
        // Both ends give the partner up after 90 s, some time apart: meanwhile one sends by a port that the other has taken out.
        const string Text = "version: 1\nhost: h\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: slow, xmit_hash_policy: layer3+4}}\n"
            + "networks: {n10: {link: bond0, vlan: 10, addresses: [10.1.0.11/24]}}\ncabling: {eth0: {switch: sw1, vlans: [10], group: Po1}, eth1: {switch: sw1, vlans: [10], group: Po1}}\n"
            + "switches: {sw1: {addresses: {10: 10.1.0.1/24}}}\n";
        var host = new Weft.Topology.NamedHost("h", "/h.yaml", HostFile.Read("/h.yaml", Text).Host!);
        var made = Weft.Twin.Proving.Case.Of([host], [new("h", "sw1", System.Net.IPAddress.Parse("10.1.0.1"))]).Case!;
        var silent = made.Faults.First(fault => fault.Kind == FaultKind.Lacp);
        // Which flow takes the port is the hash's affair, and how far apart they are chance's: often less than half a second.
        var outages = Enumerable.Range(1, 40).Select(seed => made.Flows.Max(flow => Trial.Run(made, [silent], (ulong)seed, flow).Outcomes[0].OutageNs)).ToList();

        outages.Count(outage => outage > 60_000_000_000).ShouldBeGreaterThan(outages.Count / 3);
    }

    private static Verdict Of(string text)
    {
        var reading = HostFile.Read("/h.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        var (proven, findings) = Proof.Of([new("h", "/h.yaml", reading.Host!)], new() { IsUsualAsked = false });
        findings.ShouldBeEmpty();
        return proven!.Verdicts.Single();
    }
}
