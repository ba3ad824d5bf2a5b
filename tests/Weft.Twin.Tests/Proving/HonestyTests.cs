// What a proof may not say: refuted, of what nobody can see; and nothing at all, of what it could not ask.

using Weft.Spec;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Reports;

namespace Weft.Twin.Tests.Proving;

public sealed class HonestyTests
{
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
