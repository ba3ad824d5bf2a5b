// What a change does to what was proven, and to redundancy: a host that is there, the file that made it, and another file for it.

using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin.Proving;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests;

public sealed class ChangeProofTests(ITestOutputHelper output)
{
    private const string Was =
        """
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        networks:
          storage: {link: bond0, vlan: 80, bridge: br80, addresses: [10.0.80.11/24], gateway: 10.0.80.1}
          guests: {link: bond0, vlan: 90, bridge: br90}
        guests: {web1: {nics: [{network: guests, addresses: [10.0.90.50/24]}]}}
        cabling: {eth0: {switch: sw1, vlans: [80, 90]}, eth1: {switch: sw2, vlans: [80, 90]}}
        switches: {sw1: {addresses: {80: 10.0.80.1/24, 90: 10.0.90.1/24}}, sw2: {}}
        links: [[sw1, sw2]]
        expect:
          - {network: storage, survives: any-one}

        """;

    private static readonly string OnePort = Was.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal);

    /// <summary>Both cables lead to the switch with the router.</summary>
    private static readonly string Near = Was.Replace("eth1: {switch: sw2", "eth1: {switch: sw1", StringComparison.Ordinal);

    /// <summary>Something else of the host changes too: a change that sends nothing is not proven.</summary>
    private static readonly string Touched = Was.Replace("miimon: 100", "miimon: 50", StringComparison.Ordinal);

    [Fact]
    public void What_held_and_does_not_any_more_refuses_the_change()
    {
        var proof = Proof(Was, OnePort);
        proof.IsRefused.ShouldBeTrue();
        var broken = proof.Findings.Single(finding => finding.Severity == Severity.Error);
        (broken.Rule, broken.Place.Line, broken.Place.File).ShouldBe(("expectation-broken", 12, "new.yaml"));
        broken.What.ShouldBe("{network: storage, survives: any-one}: held on this host as it is, and does not after this change");
        broken.Why.ShouldBe("without the cable of eth0: kvm to sw1 (10.0.80.1): no longer answered");
        broken.Mend.ShouldContain("weft simulate new.yaml --fail eth0@5s --from kvm --to 10.0.80.1 shows it");
        // What nobody asked for and one failure takes is told, and refuses nothing.
        var told = proof.Findings.Single(finding => finding.Severity == Severity.Warning);
        (told.Rule, told.Place.Line).ShouldBe(("expectation-refuted", 7));
        told.What.ShouldMatch("^web1 reaches its gateway 10.0.90.1: held on this host as it is without the cable of eth0, and [0-9]+ more, and does not after this change; no line of `expect` asks for it; so it is with 1 more$");
    }

    [Fact]
    public void What_still_holds_refuses_nothing_and_says_nothing()
    {
        var proof = Proof(Was, Touched);
        (proof.IsRefused, proof.Findings.Length).ShouldBe((false, 0));
        proof.Before.ShouldNotBeNull().Verdicts.Select(verdict => verdict.Holds).ShouldBe([true, false, false]);
        ChangeProofText.Of(proof).ToString().ShouldBe("Proven before anything is sent: 1 of 3 expectations, 2 not met (weft prove tells why).");
    }

    [Fact]
    public void What_was_not_met_before_is_told_and_refuses_nothing()
    {
        var proof = Proof(OnePort, OnePort.Replace("miimon: 100", "miimon: 50", StringComparison.Ordinal));
        proof.IsRefused.ShouldBeFalse();
        var told = proof.Findings.First(finding => finding.Place.Line == 12);
        (told.Rule, told.Severity).ShouldBe(("expectation-refuted", Severity.Warning));
        told.What.ShouldBe("{network: storage, survives: any-one}: is not met, and was not on this host as it is either");
    }

    [Fact]
    public void What_was_not_met_before_and_now_fails_with_nothing_failing_refuses_the_change()
    {
        var proof = Proof(OnePort, OnePort.Replace("vlan: 80", "vlan: 81", StringComparison.Ordinal));
        var broken = proof.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        broken.ShouldContain(finding => finding.Place.Line == 12 && finding.Why.StartsWith("with nothing failing: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_guests_way_that_nobody_asked_for_refuses_the_change_only_where_nothing_needs_to_fail()
    {
        var broken = Proof(Was, Was.Replace("vlan: 90", "vlan: 91", StringComparison.Ordinal)).Findings.Single(finding => finding.Severity == Severity.Error);
        (broken.Rule, broken.Place.Line).ShouldBe(("expectation-broken", 7));
        broken.What.ShouldStartWith("web1 reaches its gateway 10.0.90.1: held on this host as it is");
    }

    [Fact]
    public void The_cables_of_the_file_before_are_its_own_unless_it_said_none()
    {
        var moved = Touched.Replace("eth1: {switch: sw2, vlans: [80, 90]}", "eth1: {switch: sw2, vlans: [90]}", StringComparison.Ordinal);
        Proof(Was, moved).Findings.ShouldContain(finding => finding.Rule == "expectation-broken" && finding.Place.Line == 12);
        var silent = string.Join('\n', Was.Split('\n').Where(line => !line.StartsWith("cabling", StringComparison.Ordinal) && !line.StartsWith("links", StringComparison.Ordinal)));
        var proof = Proof(silent, moved);
        proof.IsRefused.ShouldBeFalse();
        proof.Findings.ShouldContain(finding => finding.Rule == "expectation-refuted" && finding.Place.Line == 12);
    }

    [Fact]
    public void A_line_that_is_gone_asks_for_nothing_and_is_told()
    {
        var proof = Proof(Was, OnePort.Replace("survives: any-one", "within: 5s", StringComparison.Ordinal));
        proof.IsRefused.ShouldBeFalse();
        var gone = proof.Findings.Single(finding => finding.Severity == Severity.Advice);
        (gone.Rule, gone.What).ShouldBe(("expectation-dropped", "the file before expected {network: storage, survives: any-one}, and this one does not"));
    }

    [Fact]
    public void Without_a_file_before_the_host_is_looked_at_between_the_new_files_cables()
    {
        Proof(Was, OnePort, isKept: false).Findings.ShouldContain(finding => finding.Rule == "expectation-broken" && finding.What.EndsWith("held on this host as it is, and does not after this change", StringComparison.Ordinal));
        // A host on which nothing is cannot lose anything.
        var bare = Proof("nics: {eth0: {}, eth1: {}}\n", OnePort, isKept: false);
        bare.IsRefused.ShouldBeFalse();
        bare.Findings.ShouldContain(finding => finding.Rule == "expectation-refuted" && finding.Place.Line == 12);
    }

    [Fact]
    public void What_was_proven_and_cannot_be_decided_any_more_refuses_the_change()
    {
        var proof = Proof(Near, Near.Replace("active-backup", "balance-alb", StringComparison.Ordinal));

        var broken = proof.Findings.Single(finding => finding.Severity == Severity.Error);
        (broken.Rule, broken.Place.Line, broken.What).ShouldBe(("expectation-broken", 12, "{network: storage, survives: any-one}: held on this host as it is, and whether it does after this change could not be decided"));
        broken.Why.ShouldContain("balance-alb");
        using var document = new MemoryStream();
        using (var to = new Utf8JsonWriter(document))
        {
            to.WriteStartObject();
            ChangeProofText.WriteJson(to, proof);
            to.WriteEndObject();
        }
        var before = JsonDocument.Parse(document.ToArray()).RootElement.GetProperty("proof").GetProperty("before");
        new[] { "proven", "refuted", "undecided" }.Select(key => before.GetProperty(key).GetInt32()).ShouldBe([1, 2, 0]);
    }

    [Fact]
    public void Before_is_the_host_as_it_is_and_not_what_the_good_file_says()
    {
        // Somebody took a port away since: what the change leaves so did not hold.
        var proof = Proof(OnePort, OnePort.Replace("miimon: 100", "miimon: 50", StringComparison.Ordinal), good: Was);
        proof.IsRefused.ShouldBeFalse();
        proof.Findings.ShouldContain(finding => finding.Place.Line == 12 && finding.What.EndsWith("is not met, and was not on this host as it is either", StringComparison.Ordinal));
        // And what somebody added holds, though the good file had it not.
        Proof(Was, OnePort, good: OnePort).Findings.ShouldContain(finding => finding.Rule == "expectation-broken" && finding.Place.Line == 12);
    }

    [Fact]
    public void What_cannot_be_decided_is_told_and_what_cannot_be_run_is_refused()
    {
        var undecided = Proof(Was, Touched.Replace("network: storage, survives", "from: nobody, to: 10.0.80.1, survives", StringComparison.Ordinal));
        undecided.IsRefused.ShouldBeFalse();
        undecided.Findings.ShouldContain(finding => finding.Rule == "expectation-undecided" && finding.Severity == Severity.Warning && finding.Place.Line == 12);
        Proof(Was, Touched.Replace("web1", "kvm", StringComparison.Ordinal)).Findings.Select(finding => finding.Rule).ShouldBe(["no-scene", "proof-impossible"]);
    }

    [Fact]
    public void A_plan_says_what_it_does_to_redundancy()
    {
        Redundant(Was, OnePort).ShouldBe(["storage, guests: survives any one failure → survives none"]);
        Redundant(OnePort, Was).ShouldBe(["storage, guests: survives none → survives any one failure"]);
        Redundant(Was, Was.Replace("vlan: 90", "vlan: 91", StringComparison.Ordinal)).ShouldBe(["guests: survives any one failure → does not work even with nothing failing"]);
        Redundant(Near, Near.Replace("active-backup", "balance-alb", StringComparison.Ordinal)).ShouldBe(["storage, guests: survives any one failure → undecided"]);
    }

    [Fact]
    public void Guests_without_an_address_are_asked_from_one_that_is_free()
    {
        var unsaid = Was.Replace("network: guests, addresses: [10.0.90.50/24]", "network: guests", StringComparison.Ordinal);
        Redundant(unsaid, OnePort.Replace("network: guests, addresses: [10.0.90.50/24]", "network: guests", StringComparison.Ordinal)).ShouldBe(["storage, guests: survives any one failure → survives none"]);
    }

    [Fact]
    public void A_plan_says_nothing_where_nothing_changes_or_is_known()
    {
        Redundant(Was, Touched).ShouldBeEmpty();
        Redundant(Was, OnePort.Replace("cabling: {eth0: {switch: sw1, vlans: [80, 90]}, eth1: {switch: sw2, vlans: [80, 90]}}\n", "", StringComparison.Ordinal)).ShouldBeEmpty();
        // The cable of eth1 is not said, so what hangs on it is not judged.
        Redundant(Was, OnePort.Replace(", eth1: {switch: sw2, vlans: [80, 90]}", "", StringComparison.Ordinal)).ShouldBeEmpty();
        // What comes new had nothing to lose.
        Redundant("nics: {eth0: {}, eth1: {}}\n", Was).ShouldBeEmpty();
        Redundant(Was, Touched + "  - {network: guests}\n").ShouldBeEmpty();
    }

    [Fact]
    public void A_hundred_networks_share_a_line_and_more_than_anybody_would_wait_for_are_not_looked_at()
    {
        var hundred = Many(100);
        var (plan, read) = Change(hundred, hundred.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal));
        for (var round = 0; round < 3; round++)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            RedundancyText.Lines(Redundancies.Of(plan, read)).ShouldHaveSingleItem().ToString().ShouldMatch("^net1, .*net20 and 80 more: survives any one failure → survives none$");
            output.WriteLine($"a hundred networks: {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        }
        var many = Many(Redundancies.MostNetworks + 1);
        Redundant(many, many.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal)).ShouldBe(["redundancy before and after is not compared: there are 251 networks, and a plan looks at 250 at most"]);
        (plan, read) = Change(many, many.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal));
        using var document = new MemoryStream();
        using (var to = new Utf8JsonWriter(document))
            PlanText.WriteJson(to, plan.Plan, [], plan, further => RedundancyText.WriteJson(further, Redundancies.Of(plan, read)));
        JsonDocument.Parse(document.ToArray()).RootElement.GetProperty("redundancy").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static string Many(int count) =>
        $$$"""
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        networks:
        {{{Each(count, at => $"  net{at}: {{link: bond0, vlan: {at + 1}, bridge: br{at}}}")}}}
        guests:
        {{{Each(count, at => $"  web{at}: {{nics: [{{network: net{at}, addresses: [10.0.{at}.50/24]}}]}}")}}}
        cabling: {eth0: {switch: sw1, vlans: [2-999]}, eth1: {switch: sw2, vlans: [2-999]}}
        links: [[sw1, sw2]]
        switches:
          sw2: {}
          sw1:
            addresses:
        {{{Each(count, at => $"      {at + 1}: 10.0.{at}.1/24")}}}

        """;

    private static string Each(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(1, count).Select(line));

    [Fact]
    public void Cables_are_found_under_the_labels_of_the_file()
    {
        var labelled = OnePort.Replace("nics: {eth0: {}, eth1: {}}", "nics: {up0: {match: {name: eth0}}, up1: {match: {name: eth1}}}", StringComparison.Ordinal).Replace("ports: [eth0]", "ports: [up0]", StringComparison.Ordinal)
            .Replace("{eth0: {switch", "{up0: {switch", StringComparison.Ordinal).Replace(", eth1: {switch", ", up1: {switch", StringComparison.Ordinal);
        Redundant(Was, labelled).ShouldBe(["storage, guests: survives any one failure → survives none"]);
    }

    private static List<string> Redundant(string was, string next)
    {
        var (drawing, file) = Change(was, next);
        return [.. RedundancyText.Lines(Redundancies.Of(drawing, file)).Select(line => $"{line}")];
    }

    private static ChangeProof Proof(string was, string next, bool isKept = true, string? good = null)
    {
        var (drawing, file) = Change(was, next);
        drawing.Plan.IsEmpty.ShouldBeFalse();
        return ChangeProof.Of(drawing, file, "new.yaml", isKept ? new("good.yaml", good ?? was, Read("good.yaml", good ?? was)) : null);
    }

    /// <summary>A host that the one file made, on its way to the other.</summary>
    private static (Drawing, Host) Change(string was, string next)
    {
        var (before, file, wrong) = (Read("good.yaml", was), Read("new.yaml", next), new List<Finding>());
        var twin = Applied.To(before, [("eth0", "02:00:00:00:00:01"), ("eth1", "02:00:00:00:00:02")], wrong).ShouldNotBeNull(string.Join('\n', wrong));
        var now = twin.Observe();
        var ledger = (Ledger.Empty with { Epoch = now.Epoch }).After(Resolve.Labels(before, now.Host).Host, now.Host);
        var drawing = Walk.Plan(file, twin, ledger, new Timings());
        drawing.Plan.IsRefused.ShouldBeFalse(string.Join('\n', drawing.Plan.Findings));
        return (drawing, file);
    }

    private static Host Read(string name, string text)
    {
        var reading = HostFile.Read(name, text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        return reading.Host!;
    }
}
