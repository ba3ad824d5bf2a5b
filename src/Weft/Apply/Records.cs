// What is written down when a change is over: the ledger, the history, the good file; and the journal goes last, so that whoever
// dies in between leaves it, and the next one writes the rest.

using System.Collections.Immutable;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>The state folder at the end of a change.</summary>
/// <param name="disk">The state folder.</param>
/// <param name="clock">When a change was over.</param>
internal sealed class Records(IDisk disk, TimeProvider clock)
{
    private const string Untold = "history-not-written";

    /// <summary>A change whose ledger is written: it is final, and the rest follows.</summary>
    public ImmutableArray<Finding> Finish(Journal journal, string outcome)
    {
        if (journal.Errand.Source is not { } source)
            return [.. Tell(journal, outcome, "", []), .. Gone()];
        var before = disk.Read(GoodFile.Name).Text;
        var untold = Tell(journal, outcome, "", before == source ? HistoryFile.Read(disk).Changes.LastOrDefault(one => one.Name == journal.Name)?.Diff ?? [] : HistoryFile.Difference(before, source));
        return GoodFile.Keep(disk, source) is not { } wrong ? [.. untold, .. Gone()]
            : [Finding.Warning("good-not-written", Place.None, $"the change is final, and its file could not be kept as the good one: {wrong}", "its journal stays, which has the file, and a boot takes it from there", "make room there, then run weft rollback, which writes what is left and undoes nothing")];
    }

    /// <summary>
    /// After an undo the file is the one before, and what had to be made anew on the way back is ours again. Where steps of the way back are
    /// left, the journal stays.
    /// </summary>
    /// <param name="journal">The change.</param>
    /// <param name="end">How the undo ended.</param>
    /// <param name="because">Why it was undone, where no finding says so.</param>
    public Outcome Close(Journal journal, (Outcome Outcome, Ledger Ledger) end, string because = "")
    {
        var (outcome, ledger) = end;
        var why = because.Length > 0 ? because : outcome.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error)?.What ?? "";
        var diff = journal.Errand.Source is { } source ? HistoryFile.Difference(disk.Read(GoodFile.Name).Text, source) : [];
        var told = HistoryFile.Sentences(outcome.Findings.Where(finding => finding.What != why));
        if (outcome.IsHalfWay)
            return outcome with
            {
                Findings = [.. outcome.Findings, .. Tell(journal, "undo_unfinished", why, diff, told), Finding.Error("undo-unfinished", Place.None, "the way back is not at its end, and nothing else is applied until it is",
                    $"the journal {disk.PathOf(JournalFile.Name)} says what is left", "run weft rollback, which tries again; or mend by hand, then remove that file")],
            };
        var wrong = LedgerFile.Write(disk, ledger);
        // Who reads of the end goes on, so it is told once everything but the journal's removal is done.
        var untold = Tell(journal, outcome.Ending == Ending.RolledBack ? "rolled_back" : "undo_unfinished", why, diff, told);
        return outcome with
        {
            Findings = [.. outcome.Findings, .. untold, .. wrong is null ? Gone()
                : [Finding.Warning("ledger-not-written", Place.None, $"the host is as before, and that could not be written down: {wrong}", "so the journal of the change stays", "make room there, then run weft rollback")]],
        };
    }

    /// <summary>A file that sent nothing.</summary>
    /// <param name="journal">Of which only the errand matters: none was written.</param>
    /// <param name="ledger">What is ours now.</param>
    /// <param name="adopted">Something is ours that was not before.</param>
    public ImmutableArray<Finding> Remember(Journal journal, Ledger ledger, bool adopted)
    {
        if (LedgerFile.Write(disk, ledger) is { } wrong)
            return [Unowned(wrong)];
        if (journal.Errand.Source is not { } source)
            return [];
        var untold = adopted ? Tell(journal, "adopted", "", HistoryFile.Difference(disk.Read(GoodFile.Name).Text, source)) : [];
        return GoodFile.Keep(disk, source) is not { } full ? untold
            : [.. untold, Finding.Warning("good-not-written", Place.None, $"the file could not be kept as the good one: {full}", "a boot brings up the one before it", "make room there, then apply again")];
    }

    private static Finding Unowned(string wrong) => Finding.Warning("ledger-not-written", Place.None, $"what is Weft's now could not be written down: {wrong}",
        "without it Weft does not know these links as its own, and will not remove them when they leave the file", "make room there, then apply again");

    /// <summary>A host that has just booted and brought up its good file.</summary>
    public ImmutableArray<Finding> Booted(Ledger ledger, string who, string why)
    {
        var now = clock.GetUtcNow();
        var change = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var untold = Tell(new(change, who, now, "booted", why, []));
        // The journal of a final change that is still there holds the file that is up; without the ledger's word it would be history at the next boot.
        var left = JournalFile.Read(disk).Journal is { IsFinal: true } final ? final.Name : change;
        return [.. untold, .. LedgerFile.Write(disk, ledger with { Change = left }) is { } wrong ? new[] { Unowned(wrong) } : []];
    }

    /// <summary>Of a change that is over what is left to write down. Returns why that failed, or null.</summary>
    public string? FinishOther(string epoch)
    {
        var (standing, journal, _) = Settling.Look(disk, epoch);
        var findings = standing == Standing.Final ? Finish(journal!, "applied") : standing == Standing.History ? Lost(journal!) : [];
        return findings.FirstOrDefault(finding => finding.Rule != Untold)?.What;
    }

    /// <summary>A change of an earlier boot: of it nothing is in this kernel.</summary>
    public ImmutableArray<Finding> Lost(Journal journal)
    {
        var untold = Tell(journal, "lost", "this host was booted again before it was final", []);
        return [.. untold, .. Gone()];
    }

    private ImmutableArray<Finding> Tell(Journal journal, string outcome, string why, ImmutableArray<string> diff, ImmutableArray<string>? told = null) =>
        Tell(new(journal.Name, journal.Errand.Who, clock.GetUtcNow(), outcome, why, diff) { Told = told ?? [] });

    /// <summary>What cannot be remembered stops nothing.</summary>
    private ImmutableArray<Finding> Tell(PastChange change) => HistoryFile.Add(disk, change) is not { } wrong ? []
        : [Finding.Warning(Untold, Place.None, $"how this ended could not be written down: {wrong}", "weft history does not know of it", "make room there")];

    /// <summary>First the journal, then what only says something together with it.</summary>
    private ImmutableArray<Finding> Gone() => (disk.Remove(JournalFile.Name) ?? disk.Remove(AfterFile.Name)) is not { } wrong ? []
        : [Finding.Warning("journal-not-removed", Place.None, $"the change is over, and its journal is still there: {wrong}", "it is of no more use", "run weft rollback, which takes it away, or remove it by hand")];
}
