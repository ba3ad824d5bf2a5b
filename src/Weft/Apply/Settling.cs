// What a dead process left is settled from its journal: a change that was not final is undone, one that was gets the rest of
// its records, and of one from an earlier boot nothing is left to do.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>Settles changes that were left.</summary>
public static class Settling
{
    /// <summary>What the journal says, and the journal where there is one that can be read.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="epoch">The present life of the namespace.</param>
    public static (Standing Standing, Journal? Journal, string? Wrong) Look(IDisk disk, string epoch) => Look(disk, JournalFile.Read(disk), epoch);

    private static (Standing Standing, Journal? Journal, string? Wrong) Look(IDisk disk, (Journal? Journal, string? Wrong) there, string epoch)
    {
        var (journal, wrong) = there;
        if (wrong is not null || journal is null)
            return (wrong is null ? Standing.None : Standing.Unreadable, null, wrong);
        if (journal.IsFinal)
            return (Standing.Final, journal, null);
        if (journal.Drawing.Now.Epoch != epoch)
            return (Standing.History, journal, null);
        return journal.IsOfThisLedger ? (Standing.Begun, journal, null)
            : (Standing.Unreadable, journal, $"the ledger that the journal {disk.PathOf(JournalFile.Name)} was begun with is gone");
    }

    /// <summary>Settles. The caller holds the lock, so nobody is at it.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="clock">When it was over.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="forced">Rules that may be broken: hours may have passed, and what somebody began to use meanwhile is not ended unasked.</param>
    public static (Settled Settled, ImmutableArray<Finding> Findings) Settle(IDisk disk, IKernel kernel, TimeProvider clock, Timings timings, params IReadOnlyCollection<string> forced)
    {
        var there = JournalFile.Read(disk);
        if (there is (null, null))
            return (Settled.Nothing, []);
        var now = kernel.Observe(there.Journal is { } begun ? Inquiry.Of(begun.Drawing) : null);
        if (now.Refusal is { } refusal)
            return (Settled.Refused, [Refusals.OfObserving(refusal)]);
        var (standing, journal, wrong) = Look(disk, there, now.Epoch);
        var records = new Records(disk, clock);
        switch (standing)
        {
            case Standing.Final:
                return (Settled.Final, records.Finish(journal!, "applied"));
            case Standing.History:
                return (Settled.History, records.Lost(journal!));
            case Standing.Unreadable:
                return (Settled.Refused, [Unreadable(wrong!)]);
        }
        var after = journal!.IsGoingBack ? null : AfterFile.Read(disk, journal.Name);
        var before = after is null ? journal.Drawing : journal.Drawing with { Now = Meanwhile.Of(journal.Drawing, after, now).Before };
        if (Undo.Plan(before, now) is var way && Force.Rules(way.Findings, forced).Any(finding => finding.Severity == Severity.Error))
            return (Settled.Refused, way.Findings);
        IEnumerable<Finding> others = [];
        if (after is not null)
            (journal, others) = Transaction.Returning(journal, after, next: null, disk, now);
        var (outcome, ledger) = Walk.Back(journal.Drawing, kernel, timings, [.. others], now);
        var closed = records.Close(journal, (outcome, ledger), "the process that made it was gone");
        return (outcome.Ending == Ending.RolledBack ? Settled.Undone : Settled.Stuck, closed.Findings);
    }

    public static Finding Unreadable(string wrong) =>
        Finding.Error("journal-unreadable", Place.None, $"{wrong}: a change may have been left half done", "what cannot be read is not acted on",
            "see what is there with weft show and weft diff; when the host is as it should be, remove that file");
}
