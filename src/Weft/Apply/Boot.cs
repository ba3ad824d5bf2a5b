// What the machine does when it starts: settles what a crash left, then brings up the last good file from Weft's own copy. On
// a host that has just booted nothing is undone for one thing that will not come: a missing NIC or a refused step is told, and
// everything that can do without comes up. A host that runs already gets a change like any other, with its way back.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;
using Weft.Verify;

namespace Weft.Apply;

/// <summary>What came of a start.</summary>
/// <param name="Settled">What became of a change that was left.</param>
/// <param name="Good">The file that was applied; null where none was ever good.</param>
/// <param name="Outcome">How that ended; null where it was not tried.</param>
/// <param name="Findings">Everything found on the way.</param>
public sealed record Booted(Settled Settled, Good? Good, Outcome? Outcome, ImmutableArray<Finding> Findings);

/// <summary>Starts a host.</summary>
/// <param name="disk">The state folder.</param>
/// <param name="kernel">The host.</param>
/// <param name="clock">The time of day, and how long things take.</param>
/// <param name="timings">Where the time goes.</param>
public sealed class Boot(IDisk disk, IKernel kernel, TimeProvider clock, Timings timings)
{
    /// <summary>Where a journal goes that cannot be read, so that it is there to be looked at.</summary>
    public const string Aside = "journal.unreadable";

    private const string Who = "boot";

    /// <summary>A step that was refused while another was missing is tried again so often.</summary>
    private const int Rounds = 2;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts. The caller holds the lock.</summary>
    /// <param name="wait">How long NICs may take to appear: drivers load while the machine starts.</param>
    public Booted Bring(TimeSpan wait)
    {
        var (settled, findings) = Settling.Settle(disk, kernel, clock, timings);
        if (settled == Settled.Refused && JournalFile.Read(disk).Wrong is not null)
        {
            // What cannot be read is not acted on; but a host must come up.
            settled = Settled.Unreadable;
            findings = [.. findings.Select(finding => finding with { Severity = Severity.Warning, Mend = IsAside() ? $"it is {disk.PathOf(Aside)} now" : finding.Mend })];
        }
        if (settled is Settled.Refused or Settled.Stuck)
            return new(settled, null, null, findings);
        var (good, unread) = GoodFile.Read(disk);
        if (good is null)
            return new(settled, null, null, [.. findings, .. unread]);
        var (ledger, ignored) = LedgerFile.Read(disk);
        var drawing = Awaited(good.Host, ledger, wait);
        ImmutableArray<Finding> all = [.. findings, .. unread, .. ignored is null ? [] : new[] { ignored }];
        var outcome = drawing.Now.Refusal is not null || ledger.Epoch == drawing.Now.Epoch || !IsBare(drawing) ? Running(drawing, good, ledger.Epoch.Length > 0 && ledger.Epoch != drawing.Now.Epoch) : Bare(drawing, good);
        return new(settled, good, outcome, [.. all, .. outcome.Findings]);
    }

    /// <summary>Puts the journal aside, where it can be read as text and there is room for that.</summary>
    private bool IsAside() =>
        disk.Read(JournalFile.Name).Text is { } text && disk.Write(Aside, to => to.Write(System.Text.Encoding.UTF8.GetBytes(text))) is null && disk.Remove(JournalFile.Name) is null;

    /// <summary>
    /// Whether nobody can be on this host yet: nothing of the file that Weft would make is there, and no link of it has an address. A host that
    /// runs, and whose ledger was lost, is none.
    /// </summary>
    private static bool IsBare(Drawing drawing) => drawing.Next.Links.Select(link => drawing.Now.Host.Find(link.Name.Value)).OfType<Model.Link>()
        .All(link => link.Kind.MayPassForNic && link.Addresses.IsEmpty && link.State?.Master is null);

    /// <summary>The plan, once all NICs of the file are there or the time is over.</summary>
    private Drawing Awaited(Model.Host file, Ledger ledger, TimeSpan wait)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var drawing = Walk.Plan(file, kernel, ledger, timings);
            if (!drawing.Plan.Findings.Any(finding => finding.Rule == Resolve.Missing) || clock.GetElapsedTime(began) >= wait)
                return drawing;
            Task.Delay(Poll, clock).GetAwaiter().GetResult();
        }
    }

    /// <summary>The host runs: what is missing is told, everything else is a change with a way back.</summary>
    /// <param name="drawing">The plan.</param>
    /// <param name="good">The file.</param>
    /// <param name="isFirst">What Weft knows of this host is of an earlier boot: whatever runs here was brought up by others since.</param>
    private Outcome Running(Drawing drawing, Good good, bool isFirst)
    {
        var told = drawing with { Plan = drawing.Plan with { Findings = [.. drawing.Plan.Findings.Select(finding => finding.Rule == Resolve.Missing ? Told(finding) : finding)] } };
        var (outcome, wrong) = Transaction.Make(told, new Errand(Who) { Source = good.Text }, disk, kernel, clock, timings);
        // On a disk that takes no journal a host that has just booted comes up without a way back rather than not at all.
        return outcome ?? (isFirst && wrong!.Rule == Refusals.Unwritten ? Bare(drawing, good) : new Outcome(Ending.Refused, told.Plan, [wrong!]));
    }

    /// <summary>The host has just booted, and nobody is on it whom a half-built network could cut off: as much comes up as can.</summary>
    private Outcome Bare(Drawing drawing, Good good)
    {
        var plan = drawing.Plan with { Steps = [.. drawing.Plan.Steps.Where(step => !step.Disturbs.Any(one => one.Kind == Draft.Irreversible))], Findings = [.. drawing.Plan.Findings.Select(Told)] };
        var (after, left, steps) = (drawing.Now, ImmutableArray<Finding>.Empty, plan.Steps);
        for (var round = 0; round < Rounds && steps.Any(step => step.Sends); round++)
        {
            var refused = timings.Measure("send", () => Applier.ExecuteAll(kernel, steps));
            (after, var again) = timings.Measure("verify", () => Verifier.Again(drawing, kernel));
            if (after.Refusal is { } unreadable)
                return new(Ending.Stuck, plan, [.. plan.Findings, Refusals.OfObserving(unreadable)]) { Timings = timings };
            steps = again;
            left = [.. refused.SelectMany(one => Refusals.Of(one)).Select(Told), .. again.Where(step => step.Sends).Select(Verifier.Left).Select(Told)];
        }
        var complete = !steps.Any(step => step.Sends);
        var records = new Records(disk, clock).Booted(drawing.Ledger.After(drawing.Next, after.Host), Who, complete ? "" : "not all of it came up");
        return new(complete ? plan.Steps.IsEmpty ? Ending.Unchanged : Ending.Applied : Ending.Partial, plan, [.. plan.Findings, .. complete ? [] : left, .. records]) { Timings = timings };
    }

    private static Finding Told(Finding finding) => finding.Severity == Severity.Error ? finding with { Severity = Severity.Warning } : finding;
}
