// A change as a transaction on disk. The journal lies there before the first step; the ledger, written in one rename, makes
// the change final; then the journal goes. Whatever dies in between leaves a journal, and from that the host is put back — or,
// where the ledger names the change already, nothing is left to do.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>What the journal on disk says of the last change.</summary>
public enum Standing
{
    /// <summary>There is no journal: it was finished.</summary>
    None,

    /// <summary>It is neither final nor undone. Who holds the lock is at it; where nobody does, it was left so.</summary>
    Begun,

    /// <summary>It is final; only its journal is still there.</summary>
    Final,

    /// <summary>It was of another life of this namespace: of an earlier boot nothing is in this kernel.</summary>
    History,

    /// <summary>The journal is there and cannot be acted on.</summary>
    Unreadable,
}

/// <summary>What came of settling a change that was left.</summary>
public enum Settled
{
    /// <summary>Nothing was left.</summary>
    Nothing,

    /// <summary>The change was final; only its journal was still there.</summary>
    Final,

    /// <summary>The change was of an earlier boot.</summary>
    History,

    /// <summary>The host is as it was before the change.</summary>
    Undone,

    /// <summary>Something could not be put back.</summary>
    Stuck,

    /// <summary>Nothing was done: the journal, or the kernel, cannot be read.</summary>
    Refused,
}

/// <summary>Makes changes, and settles them.</summary>
public static class Transaction
{
    /// <summary>
    /// Carries a drawn plan out, to the one end or the other. No outcome, and why, where the journal could not be written: then nothing
    /// was sent.
    /// </summary>
    public static (Outcome? Outcome, string? Unwritten) Make(Drawing drawing, IDisk disk, IKernel kernel, TimeProvider clock, string who, Timings timings)
    {
        var journal = new Journal(clock.GetUtcNow(), who, drawing);
        if (drawing.Plan.IsRefused || drawing.Plan.IsEmpty)
            return (Remember(disk, journal, Walk.Apply(drawing, kernel, timings), timings), null);
        var (next, unwritten) = timings.Measure("journal", () =>
        {
            var text = HostText.Of(drawing.Next);
            return (text, JournalFile.Write(disk, journal, text));
        });
        if (unwritten is not null)
            return (null, unwritten);
        var (outcome, ledger) = Walk.Apply(drawing, kernel, timings);
        if (outcome.Ending != Ending.Applied)
            return (Close(disk, outcome, ledger), null);
        if (timings.Measure("record", () => LedgerFile.Write(disk, ledger with { Change = journal.Name }, next)) is not { } notFinal)
            return (outcome with { Findings = [.. outcome.Findings, .. Gone(disk)] }, null);
        (outcome, ledger) = Walk.Back(drawing, kernel, timings, [NotFinal(notFinal)]);
        return (Close(disk, outcome, ledger), null);
    }

    /// <summary>What the journal says, and the journal where there is one that can be read.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="epoch">The present life of the namespace.</param>
    public static (Standing Standing, Journal? Journal, string? Wrong) Look(IDisk disk, string epoch)
    {
        var (journal, wrong) = JournalFile.Read(disk);
        if (wrong is not null || journal is null)
            return (wrong is null ? Standing.None : Standing.Unreadable, null, wrong);
        if (journal.Drawing.Now.Epoch != epoch)
            return (Standing.History, journal, null);
        if (journal.IsFinal)
            return (Standing.Final, journal, null);
        return journal.IsOfThisLedger ? (Standing.Begun, journal, null)
            : (Standing.Unreadable, journal, $"the ledger that the journal {disk.PathOf(JournalFile.Name)} was begun with is gone");
    }

    /// <summary>
    /// Settles what a dead process left: a change that was not final yet is undone. The caller holds the lock, so nobody is at it.
    /// </summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="forced">Rules that may be broken: hours may have passed, and what somebody began to use meanwhile is not ended unasked.</param>
    public static (Settled Settled, ImmutableArray<Finding> Findings) Settle(IDisk disk, IKernel kernel, Timings timings, params IReadOnlyCollection<string> forced)
    {
        var now = kernel.Observe();
        if (now.Refusal is { } refusal)
            return (Settled.Refused, [Refusals.OfObserving(refusal)]);
        var (standing, journal, wrong) = Look(disk, now.Epoch);
        switch (standing)
        {
            case Standing.None:
                return (Settled.Nothing, []);
            case Standing.Final:
                return (Settled.Final, Gone(disk));
            case Standing.History:
                return (Settled.History, Gone(disk));
            case Standing.Unreadable:
                return (Settled.Refused, [Unreadable(wrong!)]);
            default:
                if (Undo.Plan(journal!.Drawing, now) is var way && Force.Rules(way.Findings, forced).Any(finding => finding.Severity == Severity.Error))
                    return (Settled.Refused, way.Findings);
                var (outcome, ledger) = Walk.Back(journal.Drawing, kernel, timings, []);
                var closed = Close(disk, outcome, ledger);
                return (outcome.Ending == Ending.RolledBack ? Settled.Undone : Settled.Stuck, closed.Findings);
        }
    }

    public static Finding Unreadable(string wrong) =>
        Finding.Error("journal-unreadable", Place.None, $"{wrong}: a change may have been left half done", "what cannot be read is not acted on",
            "see what is there with weft show and weft diff; when the host is as it should be, remove that file");

    private static Finding NotFinal(string wrong) =>
        Finding.Error("ledger-not-written", Place.None, $"the change could not be written down: {wrong}", "what is not written down is not Weft's by the next apply, so the change was undone", "make room there, then apply again");

    /// <summary>Nothing was sent; what is ours may be more than before.</summary>
    private static Outcome Remember(IDisk disk, Journal journal, (Outcome Outcome, Ledger Ledger) end, Timings timings)
    {
        if (end.Outcome.Ending == Ending.Refused)
            return end.Outcome;
        // A journal that still lies here is of a change that is final, or history; beside another ledger it would seem to be neither.
        var outcome = end.Outcome with { Findings = [.. end.Outcome.Findings, .. Gone(disk)] };
        var ledger = outcome.Ending == Ending.Adopted ? end.Ledger with { Change = journal.Name } : end.Ledger;
        return timings.Measure("record", () => LedgerFile.Write(disk, ledger)) is not { } wrong ? outcome : outcome with
        {
            Findings = [.. outcome.Findings, Finding.Warning("ledger-not-written", Place.None, $"what is Weft's now could not be written down: {wrong}",
                "without it Weft does not know these links as its own, and will not remove them when they leave the file", "make room there, then apply again")],
        };
    }

    /// <summary>
    /// After an undo the file is the one before, and what had to be made anew on the way back is ours again. Where steps of the way back are
    /// left, the journal stays.
    /// </summary>
    private static Outcome Close(IDisk disk, Outcome outcome, Ledger ledger)
    {
        if (outcome.IsHalfWay)
            return outcome with
            {
                Findings = [.. outcome.Findings, Finding.Error("undo-unfinished", Place.None, "the way back is not at its end, and nothing else is applied until it is",
                    $"the journal {disk.PathOf(JournalFile.Name)} says what is left", "run weft rollback, which tries again; or mend by hand, then remove that file")],
            };
        return outcome with
        {
            Findings = [.. outcome.Findings, .. LedgerFile.Write(disk, ledger) is not { } wrong ? Gone(disk)
                : [Finding.Warning("ledger-not-written", Place.None, $"the host is as before, and that could not be written down: {wrong}", "so the journal of the change stays", "make room there, then run weft rollback")]],
        };
    }

    private static ImmutableArray<Finding> Gone(IDisk disk) => disk.Remove(JournalFile.Name) is not { } wrong ? []
        : [Finding.Warning("journal-not-removed", Place.None, $"the change is over, and its journal is still there: {wrong}", "it is of no more use", "run weft rollback, which takes it away, or remove it by hand")];
}
