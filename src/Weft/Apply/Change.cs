// A change as a transaction on disk. The journal lies there before the first step; the ledger, written in one rename, makes
// the change final; then the journal goes. Whatever dies in between leaves a journal, and from that the host is put back — or,
// where the ledger names the change already, nothing is left to do.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>What came of settling what a dead process left.</summary>
public enum Settled
{
    /// <summary>Nothing was left.</summary>
    Nothing,

    /// <summary>The change was final; only its journal was still there.</summary>
    Final,

    /// <summary>The change was of another life of this namespace: of an earlier boot nothing is in this kernel.</summary>
    History,

    /// <summary>The host is as it was before the change.</summary>
    Undone,

    /// <summary>Something could not be put back; the journal stays.</summary>
    Stuck,

    /// <summary>The journal cannot be read; nothing was done.</summary>
    Unreadable,
}

/// <summary>Makes changes, and settles them.</summary>
public static class Change
{
    /// <summary>
    /// Carries a drawn plan out, to the one end or the other. No outcome, and why, where the journal could not be written: then nothing
    /// was sent.
    /// </summary>
    public static (Outcome? Outcome, string? Unwritten) Make(Drawing drawing, IDisk disk, IKernel kernel, TimeProvider clock, string who, Timings timings)
    {
        if (drawing.Plan.IsRefused || drawing.Plan.IsEmpty)
            return (Remember(disk, Walk.Apply(drawing, kernel, timings), timings), null);
        var journal = new Journal(clock.GetUtcNow(), who, drawing);
        HostText? next = null;
        if (timings.Measure("journal", () => JournalFile.Write(disk, journal, next = HostText.Of(drawing.Next))) is { } unwritten)
            return (null, unwritten);
        var (outcome, ledger) = Walk.Apply(drawing, kernel, timings);
        if (outcome.Ending != Ending.Applied)
            return (Close(disk, outcome, ledger), null);
        return timings.Measure("record", () => LedgerFile.Write(disk, ledger with { Change = journal.Name }, next)) is { } notFinal
            ? (Close(disk, Walk.Back(drawing, kernel, timings, [notFinal])), null)
            : (outcome with { Findings = [.. outcome.Findings, .. Gone(disk)] }, null);
    }

    /// <summary>
    /// Settles what a dead process left: a change that was not final yet is undone. The caller holds the lock, so nobody is at it.
    /// </summary>
    public static (Settled Settled, ImmutableArray<Finding> Findings) Settle(IDisk disk, IKernel kernel, Timings timings)
    {
        var (journal, wrong) = JournalFile.Read(disk);
        if (wrong is not null)
            return (Settled.Unreadable, [Unreadable(wrong)]);
        if (journal is null)
            return (Settled.Nothing, []);
        if (IsFinal(journal, disk))
            return (Settled.Final, Gone(disk));
        var now = kernel.Observe();
        if (now.Refusal is null && now.Epoch != journal.Drawing.Now.Epoch)
            return (Settled.History, Gone(disk));
        var outcome = Close(disk, Walk.Back(journal.Drawing, kernel, timings, []));
        return (outcome.Ending == Ending.RolledBack ? Settled.Undone : Settled.Stuck, outcome.Findings);
    }

    /// <summary>Whether the ledger says already what the change made.</summary>
    public static bool IsFinal(Journal journal, IDisk disk) => LedgerFile.Read(disk).Ledger.Change == journal.Name;

    public static Finding Unreadable(string wrong) =>
        Finding.Error("journal-unreadable", Place.None, $"{wrong}: a change may have been left half done", "what cannot be read is not acted on",
            "see what is there with weft show and weft diff; when the host is as it should be, remove the journal from the state folder");

    /// <summary>Nothing was sent; what is ours may be more than before.</summary>
    private static Outcome Remember(IDisk disk, (Outcome Outcome, Ledger Ledger) end, Timings timings) =>
        end.Outcome.Ending == Ending.Refused || timings.Measure("record", () => LedgerFile.Write(disk, end.Ledger)) is not { } unwritten
            ? end.Outcome : end.Outcome with { Findings = [.. end.Outcome.Findings, unwritten] };

    private static Outcome Close(IDisk disk, (Outcome Outcome, Ledger Ledger) end) => Close(disk, end.Outcome, end.Ledger);

    /// <summary>After an undo the file is the one before, and what had to be made anew on the way back is ours again. A journal that is still needed stays.</summary>
    private static Outcome Close(IDisk disk, Outcome outcome, Ledger ledger)
    {
        if (outcome.Ending != Ending.RolledBack)
            return outcome;
        var unwritten = LedgerFile.Write(disk, ledger);
        return outcome with { Findings = [.. outcome.Findings, .. unwritten is null ? Gone(disk) : [unwritten]] };
    }

    private static ImmutableArray<Finding> Gone(IDisk disk) => disk.Remove(JournalFile.Name) is not { } wrong ? []
        : [Finding.Warning("journal-not-removed", Place.None, $"the change is over, and its journal is still there: {wrong}", "the next command takes it for a change that was never finished", "remove it by hand")];
}
