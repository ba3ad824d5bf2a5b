// A change that a process began and did not finish. Every command that looks at the host sees it and says so; only rollback
// settles it.

using System.Globalization;
using Weft.Apply;

namespace Weft.Cli;

/// <summary>What was left, and what to do about it.</summary>
internal sealed record Unfinished(string What, string Mend)
{
    /// <summary>Null where every change is finished.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="alone">The caller holds the lock, so nobody is at it.</param>
    public static Unfinished? On(IDisk disk, bool alone)
    {
        var (journal, wrong) = JournalFile.Read(disk);
        if (wrong is not null)
            return Change.Unreadable(wrong) is var finding ? new(finding.What, finding.Mend) : null;
        if (journal is null || Change.IsFinal(journal, disk))
            return null;
        var change = string.Create(CultureInfo.InvariantCulture, $"the change that {journal.Who} began at {journal.Since:yyyy-MM-dd HH:mm:ss} UTC");
        return !alone && ApplyLock.Holder(Machine.RuntimeFolder()) is { } process
            ? new($"{change} is being made (process {process})", "wait for it to end")
            : new($"{change} was never finished, for the process that made it is gone", "run weft rollback, which puts the host back as it was before");
    }

    /// <summary>One sentence on standard error, where there is something to say.</summary>
    public static void Say(IDisk disk)
    {
        if (On(disk, alone: false) is { } left)
            Voice.Complain($"{left.What}; {left.Mend}");
    }
}
