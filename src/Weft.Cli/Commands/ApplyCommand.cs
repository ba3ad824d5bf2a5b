// weft apply FILE: the whole walk. What can stop it is asked in the order of cost, and all of it before anything is sent.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Apply;
using Weft.Check;
using Weft.Plan;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ApplyCommand
{
    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var force = Words.Force();
        force.CompletionSources.Add(Candidates.RuleIds);
        var timings = new Option<bool>("--timings") { Description = "Print how long each part took, in ms" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the plan before it is applied" };
        var command = new Command("apply", "Bring this host to what the file says, read back, and undo if the kernel refuses") { file, verbose, timings, force };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(file), words.GetValue(force) ?? [], new(words.GetValue(verbose), words.GetValue(timings)))));
        return command;
    }

    /// <summary>Every rule that `--force` may name.</summary>
    internal static IEnumerable<string> Forcible => Rules.All.Select(rule => rule.Id).Concat(Drawn.Forcible);

    /// <summary>What is printed beyond the outcome.</summary>
    private readonly record struct Extras(bool Plan, bool Timings);

    private static int Run(Voice voice, string file, string[] forced, Extras extras)
    {
        if (Words.IsUnknown(forced, Forcible))
            return Exit.Usage;
        var timings = new Timings();
        if (Judged.File(voice, file, timings, forced) is not { } judged)
            return Exit.Usage;
        if (judged.Sound is not { } host)
            return End(voice, OutcomeText.Refused(timings, judged.Findings), judged.Findings, extras, Exit.Findings);
        if (!Machine.MayChangeLinks())
            return Stop(voice, timings, judged, "not-permitted", "apply changes links, which needs CAP_NET_ADMIN", "run it as root");
        var (held, wrong, mend) = ApplyLock.Take(Machine.RuntimeFolder());
        using var hold = held;
        if (held is null)
            return Stop(voice, timings, judged, "lock-held", wrong, $"{mend}, then apply again");
        return Unfinished.On(Machine.State(), alone: true) is { } left
            ? Stop(voice, timings, judged, left.Rule, left.What, $"{left.Mend}; then apply again")
            : Walk(voice, host, judged, forced, timings, extras);
    }

    private static int Walk(Voice voice, Model.Host host, Judged judged, string[] forced, Timings timings, Extras extras)
    {
        var disk = Machine.State();
        var (ledger, ignored) = timings.Measure("ledger", () => LedgerFile.Read(disk));
        using var kernel = Machine.Kernel();
        var drawing = voice.Working("reading this host", () => Apply.Walk.Plan(host, kernel, ledger, timings)).Forced(forced);
        if (extras.Plan && !voice.Json)
            voice.Say(PlanText.Of(drawing.Plan));
        // Half a change is worse than a late end: the walk ends by itself within seconds, undone where it must be.
        using var held = new Signals();
        var (outcome, unwritten) = voice.Working($"applying {drawing.Plan.Steps.Length} steps", () => Transaction.Make(drawing, disk, kernel, TimeProvider.System, Machine.Who(), timings));
        if (outcome is null)
            return Stop(voice, timings, judged, "journal-not-written", $"what the way back needs could not be written down: {unwritten}", "see that the state folder has room and can be written, then apply again");
        ImmutableArray<Finding> findings = [.. judged.Findings, .. outcome.Findings, .. ignored is null ? [] : new[] { ignored }];
        return End(voice, outcome, findings, extras, drawing.Now.Refusal is null ? Exit.Of(outcome.Ending) : Exit.Refused);
    }

    /// <summary>Refused for a reason that is not in the file: a sentence for people, a finding for programs.</summary>
    private static int Stop(Voice voice, Timings timings, Judged judged, string rule, string what, string mend)
    {
        if (!voice.Json)
        {
            Voice.Complain($"{what}; {mend}");
            return Exit.Refused;
        }
        var finding = Finding.Error(rule, Place.None, what, "nothing was sent", mend);
        return End(voice, OutcomeText.Refused(timings, finding), [.. judged.Findings, finding], default, Exit.Refused);
    }

    private static int End(Voice voice, Outcome outcome, ImmutableArray<Finding> findings, Extras extras, int code) => Voice.Afterwards(code, () =>
    {
        if (voice.Json)
        {
            Voice.Document(to => OutcomeText.WriteJson(to, outcome, findings));
            return;
        }
        voice.Tell(findings);
        if (!voice.Quiet || code != Exit.Done)
            voice.Say(OutcomeText.Of(outcome));
        if (extras.Timings)
            voice.Say(OutcomeText.Of(outcome.Timings));
    });
}
