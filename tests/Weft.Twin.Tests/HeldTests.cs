// Asking probes takes seconds where nobody answers, and a host does not stand still for it. What others did meanwhile is not
// undone with the change; where the host by then needs another plan it gets that, unless somebody was shown the first one.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Reach;
using Weft.Spec;
using Weft.Text;
using Walk = Weft.Apply.Walk;

namespace Weft.Twin.Tests;

public sealed class HeldTests
{
    private const string File = "version: 1\nnics: {eth0: {mtu: 1400}, eth1: {}}\nbridges: {br0: {ports: [eth0]}}\nprobes: [{ping: 192.0.2.9}]\n";

    private readonly TwinKernel kernel = TwinKernel.Of("eth0", "eth1");
    private readonly MemoryDisk disk = new();
    private readonly VirtualClock clock = new();
    private bool isEnding, isSeen;

    /// <summary>The kernel refuses the last step, so the change goes back as a whole: to the host as it was when the first step went out.</summary>
    [Fact]
    public void What_others_did_while_probes_were_asked_is_there_after_an_undo()
    {
        kernel.Refuses = step => step is Step.OfLink { Name: "eth0" } link && link.Settings.Has(Table.Master) ? new Refusal("EINVAL", "not today") : null;
        var (outcome, notBegun) = Make(() => Do(new Step.OfAddress(Verb.Add, "eth1", IpPrefix.Parse("192.0.2.200/24"), Place.None)), TimeSpan.FromSeconds(1));
        notBegun.ShouldBeNull();
        outcome!.Ending.ShouldBe(Ending.RolledBack);
        kernel.Observe().Host.Find("br0").ShouldBeNull();
        kernel.Observe().Host.Find("eth1")!.Addresses.Select(address => $"{address.Value}").ShouldBe(["192.0.2.200/24"]);
    }

    [Fact]
    public void A_host_that_needs_another_plan_by_then_gets_that()
    {
        var (outcome, notBegun) = Make(() => Do(new Step.OfLink(Verb.Add, "br0", LinkKind.Bridge, Settings.Empty, Place.None)), TimeSpan.FromSeconds(1));
        notBegun.ShouldBeNull();
        outcome!.Ending.ShouldBe(Ending.Applied);
        kernel.Sent.Count(step => step is Step.OfLink { Verb: Verb.Add, Name: "br0" }).ShouldBe(1);
    }

    [Fact]
    public void Unless_somebody_was_shown_another_plan()
    {
        isSeen = true;
        var (outcome, notBegun) = Make(() => Do(new Step.OfLink(Verb.Add, "br0", LinkKind.Bridge, Settings.Empty, Place.None)), TimeSpan.FromSeconds(1));
        outcome.ShouldBeNull();
        notBegun!.Rule.ShouldBe("host-moved-on");
        disk.Files.ShouldBeEmpty();
        Make(() => { }, TimeSpan.FromSeconds(1)).Outcome!.Ending.ShouldBe(Ending.Applied);
    }

    [Fact]
    public void A_host_that_cannot_be_read_any_more_is_left_alone()
    {
        var deaf = new Deaf(kernel);
        var (outcome, _) = Make(() => deaf.IsDeaf = true, TimeSpan.FromSeconds(1), deaf);
        outcome!.Ending.ShouldBe(Ending.Refused);
        outcome.Findings.ShouldContain(finding => finding.Rule == "kernel-unreadable");
        disk.Files.ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_told_to_end_while_he_asks_does_not_begin()
    {
        var (outcome, notBegun) = Make(() => isEnding = true, TimeSpan.FromMilliseconds(1));
        outcome.ShouldBeNull();
        notBegun!.Rule.ShouldBe("ended");
        disk.Files.ShouldBeEmpty();
    }

    /// <summary>A host that is another each time it is looked at gets its change all the same.</summary>
    [Fact]
    public void Nobody_asks_for_ever()
    {
        var asked = 0;
        Make(() => asked++, TimeSpan.FromSeconds(1)).Outcome!.Ending.ShouldBe(Ending.Applied);
        asked.ShouldBeLessThan(10);
    }

    /// <summary>Looking again costs as much as looking did, so it is not done for probes that were answered at once.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 2)]
    public void Who_was_answered_at_once_does_not_look_again(int milliseconds, int looks)
    {
        var counted = new Deaf(kernel);
        var before = 0;
        Make(() => before = counted.Observed, TimeSpan.FromMilliseconds(milliseconds), counted).Outcome!.Ending.ShouldBe(Ending.Applied);
        before.ShouldBe(1);
        (counted.ObservedBeforeSending - before).ShouldBe(looks - 1);
    }

    private (Outcome? Outcome, Finding? NotBegun) Make(Action meanwhile, TimeSpan takes, IKernel? host = null)
    {
        host ??= kernel;
        var drawing = Draw();
        var prober = new Slow(clock, takes, meanwhile);
        return new Held(new MemoryDisk(), clock, prober, () => isEnding).Make(drawing, Draw, new Errand("a test") { Source = File, Seen = isSeen ? [.. drawing.Plan.Steps.Select(StepCode.Write)] : null }, disk, host, new Timings(clock), _ => { });

        Drawing Draw() => Walk.Plan(HostFile.Read("host.yaml", File).Host!, host, LedgerFile.Read(disk).Ledger, new Timings());
    }

    private void Do(Step step) => kernel.Execute([step]).ShouldHaveSingleItem().ShouldBeNull();

    /// <summary>Nobody answers for a while, in which something happens.</summary>
    private sealed class Slow(VirtualClock clock, TimeSpan takes, Action meanwhile) : IProber
    {
        public ImmutableArray<string?> Ask(IReadOnlyList<Probe> probes)
        {
            clock.Advance(takes);
            meanwhile();
            return [.. probes.Select(_ => "no answer")];
        }
    }

    private sealed class Deaf(IKernel kernel) : IKernel
    {
        public bool IsDeaf { get; set; }
        public int Observed { get; private set; }
        public int ObservedBeforeSending { get; private set; }

        public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

        public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => kernel.LacksKinds(asked);

        public Observation Observe(Inquiry? inquiry = null)
        {
            Observed++;
            return IsDeaf ? kernel.Observe(inquiry) with { Refusal = new Refusal("EPERM", "") } : kernel.Observe(inquiry);
        }

        public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
        {
            if (ObservedBeforeSending == 0)
                ObservedBeforeSending = Observed;
            return kernel.Execute(steps);
        }
    }
}
