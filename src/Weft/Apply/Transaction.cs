// A change as a transaction on disk. The journal lies there before the first step; the ledger, written in one rename, makes
// the change final; then the file becomes the good one and the journal goes. Whatever dies in between leaves a journal, and from
// that the host is put back — or, where the ledger names the change already, only what comes after that is done.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>
/// What stands between a verified change and its end: probes, and somebody's word that it is good. Answers with why it is none, or nothing;
/// then it is final.
/// </summary>
/// <param name="change">The change's name, by which others speak of it.</param>
public delegate ImmutableArray<Finding> Hold(string change);

/// <summary>Makes changes.</summary>
public static class Transaction
{
    /// <summary>
    /// Carries a drawn plan out, to the one end or the other. No outcome, and why it was not begun, where the journal could not be written:
    /// then nothing was sent.
    /// </summary>
    /// <param name="drawing">The plan, and what it was drawn from.</param>
    /// <param name="errand">Who wants it, and the limits.</param>
    /// <param name="disk">The state folder.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="clock">The time of day, and how long things take.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="hold">What is asked before it is final; null where nothing is.</param>
    public static (Outcome? Outcome, Finding? NotBegun) Make(Drawing drawing, Errand errand, IDisk disk, IKernel kernel, TimeProvider clock, Timings timings, Hold? hold = null)
    {
        var journal = new Journal(clock.GetUtcNow(), errand, drawing);
        var records = new Records(disk, clock);
        if (drawing.Plan.IsRefused)
            return (new Outcome(Ending.Refused, drawing.Plan, drawing.Plan.Findings) { Timings = timings }, null);
        // A journal that still lies here is of a change that is over; under the next one's it would be lost with what is left to write down.
        if (records.FinishOther(drawing.Now.Epoch) is { } left)
            return (null, Refusals.NoRecords(left));
        if (drawing.Plan.IsEmpty)
            return (Remember(records, journal, timings), null);
        var (next, unwritten) = timings.Measure("journal", () =>
        {
            var text = HostText.Of(drawing.Next);
            return (text, JournalFile.Write(disk, journal, text));
        });
        if (unwritten is not null)
            return (null, Refusals.NoJournal(unwritten));

        var began = clock.GetTimestamp();
        var after = drawing.Now;
        var wrong = Whole(() =>
        {
            (var left, after) = Walk.Do(drawing, kernel, timings, () => clock.GetElapsedTime(began) > errand.Limit);
            return left;
        });
        if (!wrong.IsEmpty)
            return (records.Close(journal, Walk.Back(drawing, kernel, timings, wrong)), null);
        if (hold is not null && errand.Confirm is not null)
            wrong = AfterFile.Write(disk, journal.Name, after) is { } full ? [NotFinal(full)] : [];
        if (hold is not null && wrong.IsEmpty)
            wrong = timings.Measure("hold", () => Whole(() => hold(journal.Name)));
        if (wrong.IsEmpty && timings.Measure("record", () => LedgerFile.Write(disk, drawing.Ledger.After(drawing.Next, after.Host) with { Change = journal.Name }, next)) is { } notFinal)
            wrong = [NotFinal(notFinal)];
        if (wrong.IsEmpty)
        {
            var outcome = new Outcome(Ending.Applied, drawing.Plan, drawing.Plan.Findings) { Timings = timings };
            return (outcome with { Findings = [.. outcome.Findings, .. records.Finish(journal, "applied")] }, null);
        }
        var (back, others) = Returning(journal, after, next, disk, kernel.Observe(Inquiry.Of(drawing)));
        return (records.Close(back, Walk.Back(back.Drawing, kernel, timings, [.. wrong, .. others])), null);
    }

    /// <summary>
    /// The journal of a verified change that is to be undone after all: what others did since is left to them. It is on disk before the
    /// first step back, for then nobody can tell any more what was theirs.
    /// </summary>
    internal static (Journal Journal, IEnumerable<Finding> Others) Returning(Journal journal, Observation after, HostText? next, IDisk disk, Observation now)
    {
        if (now.Refusal is not null)
        {
            disk.Remove(AfterFile.Name); // The way back looks again, and says so; who settles it must not take its steps for others'.
            return (journal, []);
        }
        var since = Meanwhile.Of(journal.Drawing, after, now);
        var back = journal with { Drawing = journal.Drawing with { Now = since.Before }, IsGoingBack = true };
        // On a full disk the undo goes on all the same; but what was observed after the change must not be compared with a host half undone.
        if (JournalFile.Write(disk, back, next ?? HostText.Of(journal.Drawing.Next)) is not null)
            disk.Remove(AfterFile.Name);
        return (back, since.Findings);
    }

    /// <summary>What Weft itself gets wrong once the journal is written ends like what the kernel refuses: the host goes back.</summary>
    private static ImmutableArray<Finding> Whole(Func<ImmutableArray<Finding>> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is not Died)
        {
            return [Finding.Error("weft-failed", Place.None, $"weft has a bug: {e.GetType().Name}: {e.Message}", "the change was not finished, so it is undone", "please report this sentence and the file")];
        }
    }

    private static Finding NotFinal(string wrong) =>
        Finding.Error("ledger-not-written", Place.None, $"the change could not be written down: {wrong}", "what is not written down is not Weft's by the next apply, so the change was undone", "make room there, then apply again");

    /// <summary>Nothing was sent; what is ours may be more than before, and the file another.</summary>
    private static Outcome Remember(Records records, Journal journal, Timings timings)
    {
        var (drawing, plan) = (journal.Drawing, journal.Drawing.Plan);
        var adopted = !plan.Steps.IsEmpty;
        var ledger = drawing.Ledger.After(drawing.Next, drawing.Now.Host);
        var outcome = new Outcome(adopted ? Ending.Adopted : Ending.Unchanged, plan, plan.Findings) { Timings = timings };
        return outcome with { Findings = [.. outcome.Findings, .. timings.Measure("record", () => records.Remember(journal, adopted ? ledger with { Change = journal.Name } : ledger, adopted))] };
    }
}
