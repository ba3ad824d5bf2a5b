// A word to the process whose change waits: that it is good, or that it is to be undone. What became of it is read from the
// history, which that process writes before it goes.

using Weft.Apply;

namespace Weft.Cli.Changing;

internal static class Answering
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromMinutes(15);

    /// <summary>Whether a process is making a change, and where that stands.</summary>
    public static Underway? Present() => ApplyLock.Holder() is null ? null : Underway.Read(Machine.Runtime());

    /// <summary>
    /// Gives the word once the change waits for it, and waits for the end. Null, and why, where there was nobody to give it to, or he went
    /// without an end.
    /// </summary>
    /// <param name="good">The change is good; else it is to be undone.</param>
    public static (PastChange? End, string Wrong) Give(bool good)
    {
        var confirmation = new Confirmation(Machine.Runtime(), Machine.Clock);
        var (change, gone) = ("", 0);
        var began = Machine.Clock.GetTimestamp();
        for (; Machine.Clock.GetElapsedTime(began) < Longest; Thread.Sleep(Poll))
        {
            var present = Present();
            // What is to be undone need not wait for its probes first.
            if (change.Length == 0 && (present?.Phase == Phase.Waiting || (!good && present?.Phase == Phase.Probing)))
            {
                change = present!.Change;
                if ((good ? confirmation.Confirm(change) : confirmation.Refuse(change, Machine.Who())) is { } full)
                    return (null, full);
            }
            if (change.Length > 0 && HistoryFile.Read(Machine.State()).Changes.LastOrDefault(one => one.Name == change) is { } end)
            {
                // The lock goes a moment later, and with it everything is written: who comes next must not find it held.
                while (ApplyLock.Holder() is not null && Machine.Clock.GetElapsedTime(began) < Longest)
                    Thread.Sleep(Poll);
                return (HistoryFile.Read(Machine.State()).Changes.LastOrDefault(one => one.Name == change) ?? end, "");
            }
            // It is final once the ledger says so, though its end could not be written down.
            if (present is null && ++gone > 3 && change.Length > 0 && LedgerFile.Read(Machine.State()).Ledger.Change == change)
                return (new(change, JournalFile.Read(Machine.State()).Journal?.Errand.Who ?? "", Machine.Clock.GetUtcNow(), "applied", "", []), "");
            if (present is null && gone > 3)
                return (null, change.Length == 0 ? "no change waits" : "the process whose change waited is gone");
        }
        return (null, "the change does not come to its end");
    }
}
