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

    private static IReadOnlyList<Verdict> Of(string text) => Proven(text).Verdicts;

    private static Proven Proven(string text)
    {
        var reading = HostFile.Read("/h.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        var (proven, findings) = Proof.Of([new("h", "/h.yaml", reading.Host!)], new() { Files = "h.yaml" });
        findings.ShouldBeEmpty();
        return proven!;
    }
}
