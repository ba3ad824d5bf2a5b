// A change that a process began and left neither finished nor undone. Commands that look at the host say so and go on; those
// that would change it stop; only rollback settles it.

using System.Globalization;
using Weft.Apply;
using Weft.Text;

namespace Weft.Cli;

internal static class Unfinished
{
    /// <summary>Null where the last change is over.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="alone">The caller holds the lock, so nobody is at it.</param>
    public static Finding? On(IDisk disk, bool alone)
    {
        // Who may not read the state folder hears that of the ledger.
        if (!alone && !Environment.IsPrivilegedProcess && disk.Read(JournalFile.Name).Wrong is not null)
            return null;
        var (standing, journal, wrong) = Transaction.Look(disk, Machine.Epoch());
        if (standing == Standing.Unreadable)
            return Transaction.Unreadable(wrong!) with { Severity = Severity.Warning };
        if (standing != Standing.Begun)
            return null;
        var change = string.Create(CultureInfo.InvariantCulture, $"the change that {journal!.Who} began at {journal.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (alone)
            return Left(change);
        if (ApplyLock.Holder(Machine.RuntimeFolder()) is { } process)
            return Finding.Warning("change-unfinished", Place.None, $"{change} is being made (process {process})", "what is seen here is half of it", "wait for it to end");
        // It may have ended since the journal was read.
        return disk.Read(JournalFile.Name).Text is null ? null : Left(change);
    }

    private static Finding Left(string change) => Finding.Warning("change-unfinished", Place.None, $"{change} was neither finished nor undone: the process that made it is gone, or could not put everything back",
        "what is there now is half of it", "run weft rollback, which puts the host back as it was before it");
}
