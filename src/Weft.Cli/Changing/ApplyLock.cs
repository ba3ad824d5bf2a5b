// One change at a time in each network namespace. The lock is the kernel's (flock), so it goes with the process that held
// it, however that ended; the file beside it only says who, for the message.

using System.Globalization;
using Weft.Apply;
using Weft.Linux;
using Weft.Show;

namespace Weft.Cli.Changing;

internal sealed class ApplyLock : IDisposable
{
    /// <summary>EWOULDBLOCK: what flock says where another process holds the lock.</summary>
    private const int Held = 11;

    private readonly FileStream file;
    private readonly string holder;
    private bool gone;

    private ApplyLock(FileStream file, string holder) => (this.file, this.holder) = (file, holder);

    /// <summary>Takes the lock, or says in a sentence why not, and what to do before it is tried again.</summary>
    public static (ApplyLock? Lock, string Wrong, string Mend) Take()
    {
        var folder = Machine.RuntimeFolder();
        var mend = $"see that {folder} can be written";
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the folder of the lock cannot be made: {e.Message}", mend);
        }
        var who = Path.Combine(folder, "lock.holder");
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Linux.
            var taken = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Say(who);
            new Confirmation(Machine.Runtime(), Machine.Clock).End(); // What a dead one said of its change is not said of this one's.
            return (new(taken, who), "", "");
        }
        catch (IOException e) when (e.HResult == Held)
        {
            return Underway.Read(Machine.Runtime()) is { Phase: Phase.Waiting } waiting
                ? (null, $"a change {StatusText.Doing(waiting, Machine.Clock)}", "run weft confirm or weft rollback first")
                : (null, $"another weft is changing this host{(Holder() is { } pid ? $" (process {pid})" : "")}", "wait for it to end");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the lock cannot be opened: {e.Message}", mend);
        }
    }

    private static void Say(string holder)
    {
        try
        {
            File.WriteAllText(holder, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} {ProcessStat.Of(Environment.ProcessId)?.Began}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it (a full /run) the message for the next one is less exact, and the lock holds all the same.
        }
    }

    public void Dispose()
    {
        if (gone)
            return;
        gone = true;
        try
        {
            File.Delete(holder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The name of a holder that is gone is only a less exact message for the next one.
        }
        file.Dispose();
    }

    /// <summary>The process that says it holds the lock, and is there; null where none does. Without taking the lock, which another might want just then.</summary>
    public static int? Holder()
    {
        try
        {
            var said = File.ReadAllText(Path.Combine(Machine.RuntimeFolder(), "lock.holder")).Split(' ');
            return said.Length == 2 && int.TryParse(said[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ProcessStat.Of(pid) is { IsGone: false } stat && stat.Began == said[1] ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
