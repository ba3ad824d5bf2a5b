// Small files that are whole or not there: written aside, synchronised, renamed, and the folder synchronised.

using System.Runtime.InteropServices;
using Weft.Apply;

namespace Weft.Linux;

/// <summary>A folder of the real disk. It is made, for root alone, when the first file is written.</summary>
public sealed partial class LinuxDisk(string folder) : IDisk
{
    /// <summary>No file of ours is larger; a larger one is somebody's mistake and is not read.</summary>
    private const long Largest = 64 << 20;

    /// <summary>The folder of the present network namespace, under /var/lib/weft.</summary>
    public static LinuxDisk State() => new(FolderUnder("/var/lib/weft"));

    /// <summary>`root` itself for the machine's own namespace, and a folder by cookie for any other.</summary>
    public static string FolderUnder(string root) => NetworkNamespace.IsInitial() ? root : $"{root}/netns/{NetworkNamespace.Cookie()}";

    public (string? Text, string? Wrong) Read(string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > Largest } ? (null, $"{path} has more than {Largest >> 20} MiB") : (File.ReadAllText(path), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be read: {e.Message}");
        }
    }

    public string? Write(string name, Action<Stream> content)
    {
        var path = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using (var aside = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
            {
                content(aside);
                aside.Flush(flushToDisk: true);
            }
            File.Move(path + ".new", path, overwrite: true);
            return Synchronise() ? null : $"{folder} could not be synchronised: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be written: {e.Message}";
        }
    }

    public string? Remove(string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            if (!File.Exists(path))
                return null;
            File.Delete(path);
            return Synchronise() ? null : $"{folder} could not be synchronised: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be removed: {e.Message}";
        }
    }

    /// <summary>A rename or a removal lasts only once its folder is on disk. .NET opens no folders.</summary>
    private bool Synchronise()
    {
        var handle = Open(folder, 0);
        if (handle < 0)
            return false;
        var done = Sync(handle) == 0;
        _ = Close(handle);
        return done;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
