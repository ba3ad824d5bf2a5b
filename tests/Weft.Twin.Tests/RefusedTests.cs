// The kernel refuses one step, every step of a change once: the host is as it was, and the finding says which step, the errno,
// the kernel's words and the file's line. Where it refuses steps of the way back too, the journal stays, and trying again
// later finishes it.

using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class RefusedTests(ITestOutputHelper output)
{
    /// <summary>A change: what was there before, and the file.</summary>
    public static TheoryData<string> Changes =>
    [
        .. Examples.Select(name => $" > {name}"), .. Examples.Select(name => $"{name} > "),
        "kvm-10gbe > kvm-active-backup", "kvm-active-backup > kvm-10gbe", "kvm-10gbe > vlan-under-bond", "vlan-under-bond > kvm-10gbe", "three-vlans > networks", "networks > three-vlans",
    ];

    private static IEnumerable<string> Examples => Directory.EnumerateFiles(Path.Combine(Root, "examples"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whichever_step_is_refused_the_host_is_as_it_was_and_the_finding_says_all(string change)
    {
        var steps = new Trial(change).Sent;
        steps.ShouldNotBeEmpty();
        for (var at = 0; at < steps.Count; at++)
        {
            var trial = new Trial(change);
            var passed = 0;
            trial.Kernel.Refuses = _ => passed++ == at ? new Refusal("EXDEV", "it is not today's day") : null;
            var outcome = trial.Make();
            var where = $"{change}, step {at}: {StepText.Of(steps[at])}";
            outcome.Ending.ShouldBe(Ending.RolledBack, where);
            passed.ShouldBeGreaterThan(at, where);
            var finding = outcome.Findings.Single(finding => finding.Rule == "kernel-refused");
            finding.What.ShouldContain(StepText.Of(steps[at]), Case.Sensitive, where);
            finding.What.ShouldContain("EXDEV", Case.Sensitive, where);
            finding.What.ShouldContain("it is not today's day", Case.Sensitive, where);
            finding.Place.ShouldBe(steps[at].Place, where);
            if (NeedsLine(steps[at]))
                (finding.Place.File, finding.Place.Line > 0).ShouldBe((trial.File, true), where);
            Facts.Difference(trial.Before, trial.Facts()).ShouldBeEmpty(where);
            trial.Disk.Files.ShouldNotContainKey(JournalFile.Name, where);
        }
        output.WriteLine($"{steps.Count} steps refused");
    }

    /// <summary>
    /// The kernel refuses one of the steps there and some of those back, then none any more.
    /// </summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public void A_way_back_that_is_barred_leaves_the_journal_and_rollback_finishes_it_later(string change)
    {
        var steps = new Trial(change).Sent;
        var barred = 0;
        for (var at = 1; at < steps.Count; at += 1 + (steps.Count / 25))
            foreach (var every in new[] { 1, 2, 5 })
            {
                var trial = new Trial(change);
                var (passed, back) = (0, 0);
                trial.Kernel.Refuses = _ => passed++ < at ? null : back++ % every == 0 ? new Refusal("EXDEV", "it is not today's day") : null;
                var outcome = trial.Make();
                var where = $"{change}, from step {at} on every {every}.: {outcome.Ending} {string.Join("; ", outcome.Findings.Select(finding => finding.What))}";
                if (outcome.Ending == Ending.Stuck)
                {
                    barred++;
                    outcome.IsHalfWay.ShouldBeTrue(where);
                    outcome.Findings.ShouldContain(finding => finding.Rule == "undo-unfinished", where);
                    trial.Disk.Files.ShouldContainKey(JournalFile.Name, where);
                    Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBeOneOf(Settled.Stuck, Settled.Undone);
                    trial.Kernel.Refuses = static _ => null;
                    if (trial.Disk.Files.ContainsKey(JournalFile.Name))
                    {
                        var (settled, findings) = Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings());
                        settled.ShouldBe(Settled.Undone, $"{where}\n{string.Join("; ", findings.Select(finding => finding.What))}");
                    }
                }
                else
                    outcome.Ending.ShouldBe(Ending.RolledBack, where);
                trial.Disk.Files.ShouldNotContainKey(JournalFile.Name, where);
                Facts.Difference(Plain(trial.Before), Plain(trial.Facts())).ShouldBeEmpty(where);
            }
        output.WriteLine($"{barred} ways back were barred");
        if (steps.Count > 2)
            barred.ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// Without an option that the kernel takes in one mode alone (lacp_rate): where that one step of the way back was refused and the mode went
    /// back all the same, it is another than before, and without effect.
    /// </summary>
    private static List<string> Plain(List<string> facts) => [.. facts.Where(line => !line.Contains(": lacp_rate ", StringComparison.Ordinal) || facts.Contains($"{line[..line.IndexOf(':', StringComparison.Ordinal)]}: mode 802.3ad"))];

    /// <summary>What a file's line asked for; what left it, and what is done for order's sake, no line says.</summary>
    private static bool NeedsLine(Step step) => step is Step.OfLink { Verb: Verb.Add or Verb.Set } or Step.OfAddress { Verb: Verb.Add } or Step.OfRoute { Verb: Verb.Add or Verb.Set };

    private static string Root { get; } = FindRoot();

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(source)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "weft.slnx")))
            folder = folder.Parent;
        return folder!.FullName;
    }

    private sealed class Trial
    {
        private readonly HashSet<string> known;

        public Trial(string change)
        {
            var (from, to) = (change.Split('>')[0].Trim(), change.Split('>')[1].Trim());
            var (first, next) = (Read(from), Read(to));
            Kernel = TwinKernel.Of(first.Of(LinkKind.Nic).Concat(next.Of(LinkKind.Nic)).Select(nic => nic.Name.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            known = Law.Known(Kernel.Observe(), first, next);
            var (outcome, ledger) = Carried.Out(Walk.Plan(first, Kernel, Ledger.Empty, new Timings()), Kernel, new Timings());
            outcome.Ending.ShouldBeOneOf(Ending.Applied, Ending.Unchanged, Ending.Adopted);
            ledger = ledger with { Change = "the one before" };
            LedgerFile.Write(Disk, ledger).ShouldBeNull();
            Before = Facts();
            Drawing = Walk.Plan(next, Kernel, ledger, new Timings());
            Drawing.Plan.IsRefused.ShouldBeFalse(string.Join("; ", Drawing.Plan.Findings.Select(finding => finding.What)));
            File = to.Length > 0 ? $"{to}.yaml" : "none.yaml";
        }

        public string File { get; }
        public MemoryDisk Disk { get; } = new();
        public TwinKernel Kernel { get; }
        public Drawing Drawing { get; }
        public List<string> Before { get; }
        public List<Step> Sent => [.. Drawing.Plan.Steps.Where(step => step.Sends)];

        public Outcome Make() => Transaction.Make(Drawing, new Errand("a test"), Disk, Kernel, TimeProvider.System, new Timings()).Outcome.ShouldNotBeNull();

        public List<string> Facts() => RandomHosts.Facts.Of(Kernel.Observe(Inquiry.Everything), known);

        private static Host Read(string name) =>
            name.Length == 0 ? HostFile.Read("none.yaml", "version: 1\n").Host! : HostFile.Read($"{name}.yaml", System.IO.File.ReadAllText(Path.Combine(Root, "examples", $"{name}.yaml"))).Host!;
    }
}
