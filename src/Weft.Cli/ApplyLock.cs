// One apply at a time in each network namespace. The lock is the kernel's (flock), so it goes with the process that held
// it, however that ended; the file beside it only says who, for the message.

using System.Globalization;

namespace Weft.Cli;

internal sealed class ApplyLock : IDisposable
{
    private readonly FileStream file;
    private readonly string holder;

    private ApplyLock(FileStream file, string holder) => (this.file, this.holder) = (file, holder);

    /// <summary>Takes the lock, or says in a sentence why not.</summary>
    public static (ApplyLock? Lock, string? Wrong) Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the folder of the lock cannot be made: {e.Message}");
        }
        var who = Path.Combine(folder, "lock.holder");
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Linux.
            var taken = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(who, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return (new(taken, who), null);
        }
        catch (UnauthorizedAccessException e)
        {
            return (null, $"the lock cannot be opened: {e.Message}");
        }
        catch (IOException)
        {
            return (null, $"another weft is applying here{Who(who)}");
        }
    }

    public void Dispose()
    {
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

    private static string Who(string holder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(holder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? $" (process {pid})" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
