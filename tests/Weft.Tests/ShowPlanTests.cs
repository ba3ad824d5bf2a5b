// Plans, differences and outcomes as people and programs read them.

using System.Text;
using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests;

public sealed class ShowPlanTests
{
    private const string File =
        """
        nics: {eth0: {}}
        bridges:
          br0:
            ports: [eth0]
            mtu: 1400
            addresses: [10.0.0.2/24]
            gateway: 10.0.0.1
        guests: {web1: {nics: [{bridge: br0}]}}
        """;

    [Fact]
    public void A_plan_names_each_step_its_line_and_whom_it_disturbs()
    {
        var step = new Step.OfLink(Verb.Set, "eth0", LinkKind.Nic, Settings.Empty.With(Table.Master, Value.Of("br0")).With(Table.Up, Value.Of(true)), new Place("host.yaml", 4, 5))
            { Disturbs = [new("br0", "blinks", 3160), new("web1", "blinks", 3160), new("eth0", "blinks", 120), new("vx0", "blinks"), new("br1", "goes")] };
        var remove = new Step.OfLink(Verb.Remove, "br1", LinkKind.Bridge, Settings.Empty, Place.None);
        var route = new Step.OfRoute(Verb.Add, ShowObserved.Default("10.0.0.1", "br0"), new Place("host.yaml", 7, 5));
        PlanText.Of(new Drawn([step, remove, route, new Step.OfNewLinksIpv6(false)], [])).Select(line => line.ToString()).ShouldBe(
        [
            " 1  set     nic eth0: up, master br0  (host.yaml:4)",
            "            blinks: br0, web1 for at most 3.2 s",
            "            blinks: eth0 for at most 120 ms",
            "            blinks: vx0, and for how long cannot be known",
            "            goes: br1",
            " 2  remove  bridge br1",
            " 3  add     route default via 10.0.0.1 dev br0  (host.yaml:7)",
            " 4  set     ipv6 of new links off",
            "4 steps: 2 set, 1 add, 1 remove; disturbs br0, web1, eth0, vx0, br1",
        ]);
    }

    [Fact]
    public void An_empty_plan_is_one_sentence() =>
        PlanText.Of(new Drawn([], [])).ShouldHaveSingleItem().ToString().ShouldBe("Nothing to do: the host is as the file says.");

    [Fact]
    public void The_document_of_a_plan_has_every_step_with_its_attributes()
    {
        var drawing = Walk.Plan(Read(File), TwinKernel.Of("eth0"), Ledger.Empty, new Timings());
        var steps = Document(to => PlanText.WriteJson(to, drawing.Plan, drawing.Plan.Findings)).GetProperty("steps").EnumerateArray().ToList();
        steps.Count.ShouldBe(drawing.Plan.Steps.Length);
        steps.Select(step => step.GetProperty("order").GetInt32()).ShouldBe(Enumerable.Range(1, steps.Count));
        var bridge = steps.Single(step => step.GetProperty("verb").GetString() == "set" && step.GetProperty("object").GetString() == "br0" && step.GetProperty("attributes").TryGetProperty("mtu", out _));
        bridge.GetProperty("attributes").GetProperty("mtu").GetInt64().ShouldBe(1400);
        bridge.GetProperty("line").GetInt32().ShouldBe(5);
    }

    [Fact]
    public void A_host_as_its_file_says_has_no_difference()
    {
        var (kernel, ledger) = Applied();
        Drift.Lines(Drift.Of(Walk.Plan(Read(File), kernel, ledger, new Timings()))).ShouldHaveSingleItem().ToString().ShouldBe("no difference");
    }

    [Fact]
    public void A_bare_host_lacks_links_routes_and_ports_and_each_is_said_once() =>
        Differences(TwinKernel.Of("eth0"), Ledger.Empty).ShouldBe(["host.yaml:1 eth0.up: file true, host false", "host.yaml:1 eth0.ipv6: file false, host true", "host.yaml:3 br0: bridge is missing"]);

    [Fact]
    public void What_was_changed_by_hand_is_said_in_the_files_words_at_its_lines()
    {
        var (kernel, ledger) = Applied();
        kernel.Execute(
        [
            new Step.OfLink(Verb.Set, "br0", LinkKind.Bridge, Settings.Empty.With(Table.Mtu, Value.Of(1300)), Place.None),
            new Step.OfLink(Verb.Set, "eth0", LinkKind.Nic, Settings.Empty.With(Table.Master, Value.Of("")), Place.None),
            new Step.OfAddress(Verb.Remove, "br0", IpPrefix.Parse("10.0.0.2/24"), Place.None),
            new Step.OfRoute(Verb.Remove, kernel.Observe().Host.Routes.Single(), Place.None),
        ]);
        Differences(kernel, ledger).ShouldBe(
        [
            "host.yaml:4 br0.ports: eth0 is missing",
            "host.yaml:5 br0.mtu: file 1400, host 1300",
            "host.yaml:6 br0.addresses: 10.0.0.2/24 is missing",
            "host.yaml:7 br0.gateway: default via 10.0.0.1 dev br0 is missing",
        ]);
    }

    [Fact]
    public void What_left_the_file_is_extra_on_the_host()
    {
        var (kernel, ledger) = Applied();
        Drift.Lines(Drift.Of(Walk.Plan(Read("nics: {eth0: {}}\n"), kernel, ledger, new Timings()))).Select(line => line.ToString()).ShouldContain("br0: bridge is extra");
    }

    [Fact]
    public void An_outcome_is_one_line_and_a_document()
    {
        var (kernel, _) = (TwinKernel.Of("eth0"), Ledger.Empty);
        var (outcome, _) = Carried.Out(Walk.Plan(Read(File), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        OutcomeText.Of(outcome).ToString().ShouldStartWith("Applied and verified: ");
        var document = Document(to => OutcomeText.WriteJson(to, outcome, outcome.Findings));
        document.GetProperty("outcome").GetString().ShouldBe("applied");
        document.GetProperty("steps").GetInt32().ShouldBe(kernel.Sent.Count);
        document.GetProperty("timings_ms").EnumerateObject().Select(room => room.Name).ShouldBe(["parse", "check", "observe", "plan", "send", "verify", "journal", "record"]);
    }

    [Fact]
    public void A_refusal_says_that_the_host_is_as_it_was()
    {
        var kernel = TwinKernel.Of("eth0");
        kernel.Refuses = step => step is Step.OfAddress ? new Refusal("EINVAL", "no") : null;
        var (outcome, _) = Carried.Out(Walk.Plan(Read(File), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        OutcomeText.Of(outcome).ToString().ShouldEndWith("the host is as it was.");
        Document(to => OutcomeText.WriteJson(to, outcome, outcome.Findings)).GetProperty("outcome").GetString().ShouldBe("rolled_back");
    }

    private static (TwinKernel Kernel, Ledger Ledger) Applied()
    {
        var kernel = TwinKernel.Of("eth0");
        var (outcome, ledger) = Carried.Out(Walk.Plan(Read(File), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied);
        return (kernel, ledger);
    }

    private static IEnumerable<string> Differences(TwinKernel kernel, Ledger ledger) =>
        Drift.Lines(Drift.Of(Walk.Plan(Read(File), kernel, ledger, new Timings()))).Select(line => line.ToString());

    private static Host Read(string text) => HostFile.Read("host.yaml", text).Host.ShouldNotBeNull();

    private static JsonElement Document(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer))
            write(to);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray())).RootElement;
    }
}
