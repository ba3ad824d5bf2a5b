// Small files that are whole or not there: written aside, synchronised, renamed, and the folder synchronised.

using System.Runtime.InteropServices;
using Weft.Apply;

namespace Weft.Linux;

/// <summary>A folder of the real disk. It is made, for root alone, when the first file is written.</summary>
public sealed partial class LinuxDisk(string folder) : IDisk
{
    /// <summary>No file of ours is larger; a larger one is somebody's mistake and is not read.</summary>
    private const long Largest = 64 << 20;

    /// <summary>What outlives a boot of the machine.</summary>
    public const string Lasting = "/var/lib/weft";

    /// <summary>What goes with the machine's memory.</summary>
    private const string Fleeting = "/run/weft";

    /// <summary>
    /// The state folder of the present network namespace. One that is not the machine's own lives no longer than the boot, and its cookie comes
    /// again in the next one: so its state goes with the boot too.
    /// </summary>
    public static LinuxDisk State() => new(NetworkNamespace.IsInitial() ? Lasting : $"{Fleeting}/state/{NetworkNamespace.Cookie()}");

    /// <summary>Where the lock of the present network namespace is, and what is said beside it.</summary>
    public static string Runtime() => NetworkNamespace.IsInitial() ? Fleeting : $"{Fleeting}/netns/{NetworkNamespace.Cookie()}";

    public string PathOf(string name) => Path.Combine(folder, name);

    public (string? Text, string? Wrong) Read(string name)
    {
        var path = PathOf(name);
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
        var path = PathOf(name);
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (Aside(path + ".new", content) is { } large)
                return large;
            File.Move(path + ".new", path, overwrite: true);
            Synchronise();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Drop(path + ".new"); // On a full disk it would take what room is left.
            return $"{path} could not be written: {e.Message}";
        }
    }

    public string? Remove(string name)
    {
        var path = PathOf(name);
        try
        {
            File.Delete(path);
            Synchronise();
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be removed: {e.Message}";
        }
    }

    private static string? Aside(string path, Action<Stream> content)
    {
        using (var aside = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            content(aside);
            aside.Flush(flushToDisk: true);
            if (aside.Length <= Largest)
                return null;
        }
        Drop(path);
        return $"{path} would have more than {Largest >> 20} MiB, which would not be read again";
    }

    private static void Drop(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reason for which it was to go is told already.
        }
    }

    /// <summary>
    /// A rename or a removal lasts over a power cut only once its folder is on disk; .NET opens no folders. Where that fails the file is
    /// nonetheless what it was made: to call it unwritten would be to lie about what the next reader finds.
    /// </summary>
    private void Synchronise() => Synchronise(folder);

    internal static void Synchronise(string folder)
    {
        var handle = Open(folder, 0);
        if (handle < 0)
            return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
