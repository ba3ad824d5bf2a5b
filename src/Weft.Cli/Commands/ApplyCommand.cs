// weft apply FILE: the whole walk. What can stop it is asked in the order of cost, and all of it before anything is sent.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Apply;
using Weft.Check;
using Weft.Cli.Changing;
using Weft.Linux.Probing;
using Weft.Plan;
using Weft.Show;
using Weft.Text;
using Weft.Twin.Proving;

namespace Weft.Cli.Commands;

internal static class ApplyCommand
{
    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var force = Words.Force();
        force.CompletionSources.Add(Candidates.RuleIds);
        var confirm = new Option<string>("--confirm") { Description = "Undo the change unless weft confirm is run within TIME (60s, 5m)", HelpName = "TIME" };
        var limit = new Option<string>("--limit") { Description = "Undo the change if its steps take longer than TIME; 10m without", HelpName = "TIME" };
        var prove = new Option<bool>("--prove") { Description = "First prove what the file expects, and refuse a change that breaks what held before it" };
        var timings = new Option<bool>("--timings") { Description = "Print how long each part took, in ms" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the plan before it is applied" };
        var command = new Command("apply", "Bring this host to what the file says, read back, and undo if the kernel refuses") { file, prove, confirm, limit, verbose, timings, force };
        command.SetAction(global.Then((voice, words) =>
        {
            var forced = words.GetValue(force) ?? [];
            if (Words.IsUnknown(forced, Forcible) || Words.Time(words.GetValue(confirm), "--confirm") is not { } wait || Words.Time(words.GetValue(limit), "--limit") is not { } longest)
                return Exit.Usage;
            var wish = new Wish(words.GetRequiredValue(file), forced, wait == TimeSpan.Zero ? null : wait, longest == TimeSpan.Zero ? Errand.UsualLimit : longest, words.GetValue(prove), words.GetValue(verbose), words.GetValue(timings));
            return Worker.Apart(global.Arguments, worker => Run(voice, wish, worker));
        }));
        return command;
    }

    /// <summary>Every rule that `--force` may name.</summary>
    internal static IEnumerable<string> Forcible => Rules.All.Select(rule => rule.Id).Concat(Drawn.Forcible);

    /// <summary>What was asked for, and what is printed beyond the outcome.</summary>
    private sealed record Wish(string File, string[] Forced, TimeSpan? Confirm, TimeSpan Limit, bool Prove, bool Plan, bool Timings);

    private static int Run(Voice voice, Wish wish, Worker worker)
    {
        var timings = new Timings();
        if (Judged.File(voice, wish.File, timings, wish.Forced) is not { } judged)
            return Exit.Usage;
        if (judged.Sound is not { } host)
            return End(voice, OutcomeText.Refused(timings, judged.Findings), judged.Findings, wish, Exit.Findings);
        var (held, why) = Alone.Take("apply", links: true, settled: true);
        using var hold = held;
        return why is null ? Walk(voice, host, judged, wish, timings, (worker, hold!)) : Stop(voice, timings, judged, why);
    }

    private static int Walk(Voice voice, Model.Host host, Judged judged, Wish wish, Timings timings, (Worker, ApplyLock) own)
    {
        // The lock goes before anything is told of the end: who reads that may wait for ever, and the next change need not.
        var (worker, hold) = own;
        var disk = Machine.State();
        var (ledger, ignored) = timings.Measure("ledger", () => LedgerFile.Read(disk));
        using var kernel = Machine.Kernel();
        var drawing = voice.Working("reading this host", Draw);
        ImmutableArray<Finding> before = [.. judged.Findings, .. ignored is null ? [] : new[] { ignored }];
        var (proof, odd) = wish.Prove ? ProvenFirst.Of(voice, disk, timings, judged, wish.File, drawing) : (null, []);
        before = [.. before, .. odd, .. proof?.Findings ?? []];
        if (proof is not null)
        {
            if (!voice.Json && !voice.Quiet)
                voice.Say(ChangeProofText.Of(proof));
            if (proof.IsRefused)
                return End(voice, OutcomeText.Refused(timings), [.. before, .. drawing.Plan.Findings], wish, Exit.Refused, proof);
            // That took a while, and what came to the host meanwhile is to be in the snapshot.
            drawing = voice.Working("reading this host", Draw);
        }
        if (wish.Plan && !voice.Json)
            voice.Say(PlanText.Of(drawing));
        var errand = new Errand(Machine.Who()) { Source = judged.Text, Confirm = wish.Confirm, Limit = wish.Limit, Seen = judged.Plan?.Steps };
        if (!drawing.Plan.IsEmpty && !drawing.Plan.IsRefused)
            worker.Begin();
        var told = false;
        var telling = Task.CompletedTask;
        var (outcome, notBegun) = voice.Working($"applying {drawing.Plan.Steps.Length} steps", () => new Held(Machine.Runtime(), Machine.Clock, new LinuxProber(), () => worker.IsEnding).Make(drawing, () => drawing = Draw(), errand, disk, Fate.Of(kernel), timings, left =>
        {
            // A terminal that takes no more, or a pipe that nobody empties, must not keep the deadline waiting.
            if (telling.IsCompleted)
                telling = Task.Run(() => Tell(left));
        }));
        hold.Dispose();
        voice.Countdown(TimeSpan.Zero);
        if (outcome is null)
            return Stop(voice, timings, judged, notBegun!);
        return End(voice, outcome, [.. before, .. outcome.Findings], wish, drawing.Now.Refusal is null ? Exit.Of(outcome.Ending) : Exit.Refused, proof);

        Drawing Draw() => Apply.Walk.Plan(host, kernel, ledger, timings).Forced(wish.Forced);

        void Tell(TimeSpan left)
        {
            if (!told)
                End(voice, new(Ending.Pending, drawing.Plan, []) { Deadline = Machine.Clock.GetUtcNow() + left, Timings = timings }, [.. before, .. drawing.Plan.Findings], wish, Exit.Done, proof);
            told = true;
            if (!voice.Countdown(left))
                worker.Release();
        }
    }

    /// <summary>Refused for a reason that is not in the file: a sentence for people, a finding for programs.</summary>
    private static int Stop(Voice voice, Timings timings, Judged judged, Finding finding)
    {
        if (!voice.Json)
            return Voice.Refuse($"{finding.What}; {finding.Mend}");
        return End(voice, OutcomeText.Refused(timings, finding), [.. judged.Findings, finding], null, Exit.Refused);
    }

    private static int End(Voice voice, Outcome outcome, ImmutableArray<Finding> findings, Wish? wish, int code, ChangeProof? proof = null) => Voice.Afterwards(code, () =>
    {
        if (voice.Json)
        {
            Voice.Document(to => OutcomeText.WriteJson(to, outcome, findings, proof is null ? null : further => ChangeProofText.WriteJson(further, proof)));
            return;
        }
        voice.Tell(findings);
        if (!voice.Quiet || code != Exit.Done || outcome.Ending == Ending.Pending)
            voice.Say(OutcomeText.Of(outcome));
        if (wish?.Timings == true)
            voice.Say(OutcomeText.Of(outcome.Timings));
    });
}
