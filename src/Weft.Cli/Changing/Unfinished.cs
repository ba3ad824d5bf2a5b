// A change that a process began and left neither finished nor undone. Commands that look at the host say so and go on; those
// that would change it stop; rollback and boot settle it. One that is final and whose records are not whole stops nobody.

using System.Globalization;
using Weft.Apply;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Changing;

internal static class Unfinished
{
    /// <summary>The rule of a final change whose records are not whole.</summary>
    public const string Records = "records-unfinished";

    /// <summary>Null where the last change is over.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="alone">The caller holds the lock, so nobody is at it.</param>
    public static Finding? On(IDisk disk, bool alone)
    {
        // Who may not read the state folder hears that of the ledger.
        if (!alone && !Environment.IsPrivilegedProcess && disk.Read(JournalFile.Name).Wrong is not null)
            return null;
        var (standing, journal, wrong) = Settling.Look(disk, Machine.Epoch());
        if (standing == Standing.Unreadable)
            return Settling.Unreadable(wrong!) with { Severity = Severity.Warning };
        // Who holds the lock writes what is left of a final change before one of his own.
        if (standing is not (Standing.Begun or Standing.Final) || (alone && standing == Standing.Final))
            return null;
        var change = string.Create(CultureInfo.InvariantCulture, $"the change that {journal!.Errand.Who} began at {journal.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (alone)
            return Left(change);
        if (ApplyLock.Holder() is { } process)
            return standing == Standing.Final ? null : Underway.Read(Machine.Runtime()) is { Phase: Phase.Waiting } waiting
                ? Finding.Warning("change-pending", Place.None, $"{change} {StatusText.Doing(waiting, Machine.Clock)} (process {process})", "without that word it is undone", "run weft confirm, or weft rollback")
                : Finding.Warning("change-unfinished", Place.None, $"{change} is being made (process {process})", "what is seen here is half of it", "wait for it to end");
        // It may have ended since the journal was read.
        return Settling.Look(disk, Machine.Epoch()).Standing switch
        {
            Standing.Begun => Left(change),
            Standing.Final => Finding.Warning(Records, Place.None, $"{change} is final, but its records are not whole: the process that made it is gone, or could not write them",
                $"until they are, its file is in {disk.PathOf(JournalFile.Name)} alone, where a boot finds it", "run weft rollback, which writes what is left and undoes nothing"),
            _ => null,
        };
    }

    private static Finding Left(string change) => Finding.Warning("change-unfinished", Place.None, $"{change} was neither finished nor undone: the process that made it is gone, or could not put everything back",
        "what is there now is half of it", "run weft rollback, which puts the host back as it was before it");
}
