// One folder a case under specs/plan: `now.yaml` is what somebody else made before (optional), `before.yaml` what Weft
// applied before (optional), `host.yaml` what is wanted. `plan.txt` is golden: the steps, whom they disturb and for how long. For every
// case the laws hold as well: afterwards nothing is left to do, and the host is as a bare host would be.

using System.Text;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Plan;

public sealed class PlanGoldenTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("plan")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_plan_is_as_golden_and_leaves_nothing_to_do(string name)
    {
        var trial = new Trial(name);
        var drawing = trial.Draw();
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "plan", name, "plan.txt"), Text(drawing.Plan));
        if (drawing.Plan.IsRefused)
            return;

        var (outcome, ledger) = Carried.Out(drawing, trial.Kernel, new Timings());
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        Walk.Plan(trial.Wanted, trial.Kernel, ledger, new Timings()).Plan.Steps.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Applied_after_another_file_a_file_ends_where_it_ends_on_a_bare_host(string name)
    {
        var trial = new Trial(name);
        if (trial.HasForeign || trial.Draw() is { Plan.IsRefused: true })
            return; // What somebody else made stays by design; nothing bare to compare with.
        Carried.Out(trial.Draw(), trial.Kernel, new Timings());
        var bare = new Trial(name, bare: true);
        Carried.Out(bare.Draw(), bare.Kernel, new Timings());
        Assert.Equal(Facts(bare.Kernel), Facts(trial.Kernel));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Wherever_the_kernel_refuses_the_host_ends_as_it_was(string name)
    {
        var steps = new Trial(name).Draw().Plan.Steps.Count(step => step.Sends);
        for (var refused = 0; refused < steps; refused++)
        {
            var trial = new Trial(name);
            var drawing = trial.Draw();
            if (drawing.Plan.IsRefused)
                return;
            var before = Facts(trial.Kernel);
            var left = refused;
            trial.Kernel.Refuses = _ => left-- == 0 ? new Refusal("EINVAL", "not today") : null;
            var (outcome, _) = Carried.Out(drawing, trial.Kernel, new Timings());
            outcome.Ending.ShouldBe(Ending.RolledBack, $"step {refused}: {string.Join("; ", outcome.Findings.Select(finding => finding.What))}");
            Assert.Equal($"refused at {refused}\n{before}", $"refused at {refused}\n{Facts(trial.Kernel)}");
        }
    }

    /// <summary>The host line by line, without what differs by nature: indexes, and whose number a route carries.</summary>
    private static string Facts(TwinKernel kernel)
    {
        var host = kernel.Observe().Host;
        var text = new StringBuilder();
        foreach (var link in host.Links.OrderBy(link => link.Name.Value, StringComparer.Ordinal))
            text.AppendLine($"{link} {Known(link.Settings)} master {link.State!.Master} addresses {string.Join(' ', link.Addresses.Select(address => $"{address} {link.LifetimeOf(address.Value)}"))} and {string.Join(' ', link.State.Listed.Select(address => $"{address} {link.LifetimeOf(address)}"))} ports {string.Join(' ', link.Ports.Select(port => $"{port.Name} {port.Settings}").Order(StringComparer.Ordinal))}");
        foreach (var route in host.Routes.Select(route => route.ToString()).Order(StringComparer.Ordinal))
            text.AppendLine(route);
        return text.ToString();
    }

    /// <summary>A MAC of the kernel's own choosing is another one every time.</summary>
    private static Settings Known(Settings settings) =>
        settings.Word(Table.Mac)?.StartsWith("f2:", StringComparison.Ordinal) == true ? settings.With(Table.Mac, Value.Of("made up")) : settings;

    private static string Text(Drawn plan)
    {
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
            text.AppendLine($"{StepText.Of(step)}{string.Concat(step.Disturbs.GroupBy(one => (one.Kind, one.AtMostMs)).Select(kind => $"\n    {kind.Key.Kind}{(kind.Key.AtMostMs is { } most ? $" {most} ms" : "")}: {string.Join(", ", kind.Select(one => one.Object))}"))}");
        foreach (var finding in plan.Findings)
            text.AppendLine($"{finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}: {finding.What}");
        return text.ToString();
    }

    private sealed class Trial
    {
        private readonly Ledger ledger = Ledger.Empty;

        public Trial(string name, bool bare = false)
        {
            Wanted = Read(name, "host.yaml")!;
            var (now, before) = (Read(name, "now.yaml"), Read(name, "before.yaml"));
            HasForeign = now is not null;
            Kernel = TwinKernel.Of(new[] { now, before, Wanted }.OfType<Host>().SelectMany(host => host.Of(LinkKind.Nic)).Select(nic => nic.Name.Value).Distinct().Order(StringComparer.Ordinal));
            if (bare)
                return;
            if (now is not null)
                Carried.Out(Walk.Plan(now, Kernel, Ledger.Empty, new Timings()), Kernel, new Timings()).Outcome.Ending.ShouldBe(Ending.Applied);
            Kernel.DisownRoutes();
            if (before is not null)
            {
                var (outcome, after) = Carried.Out(Walk.Plan(before, Kernel, Ledger.Empty, new Timings()), Kernel, new Timings());
                outcome.Ending.ShouldBe(Ending.Applied);
                ledger = after;
            }
            Kernel.Sent.Clear();
        }

        public Host Wanted { get; }
        public TwinKernel Kernel { get; }
        public bool HasForeign { get; }

        public Drawing Draw() => Walk.Plan(Wanted, Kernel, ledger, new Timings());

        private static Host? Read(string name, string file)
        {
            var path = SpecFiles.PathOf("specs", "plan", name, file);
            if (!File.Exists(path))
                return null;
            var reading = HostFile.Read(file, File.ReadAllText(path));
            reading.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
            var host = reading.Host.ShouldNotBeNull();
            Checker.Look(host).Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
            return host;
        }
    }
}
