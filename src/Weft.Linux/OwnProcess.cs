// What a process asks of the kernel about itself, so that it outlives those who started it: a session of its own, who its
// parent is, and standard streams that lead nowhere once nobody listens.

using System.Globalization;
using System.Runtime.InteropServices;

namespace Weft.Linux;

public static partial class OwnProcess
{
    private const int ReadWrite = 2;

    /// <summary>SIGUSR1 (signal(7)): what a worker tells those who watch it when they need not any more.</summary>
    public const int Released = 10;

    /// <summary>Leaves the session, and with it the terminal (setsid(2)). A process that leads a group cannot, and stays.</summary>
    public static void LeaveSession() => _ = SetSession();

    /// <summary>The parent; 1, or a reaper's, once the one that started this process is gone.</summary>
    public static int Parent => ParentId();

    /// <summary>
    /// Standard input, output and error lead to /dev/null from now on, and so does every copy of them that .NET made for its console: whoever
    /// read them reads their end.
    /// </summary>
    public static void FallSilent()
    {
        var nowhere = Open("/dev/null", ReadWrite);
        if (nowhere < 0)
            return;
        var open = Open();
        var streams = open.Where(file => file.Key <= 2).Select(file => file.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (number, _) in open.Where(file => streams.Contains(file.Value)))
            _ = Duplicate(nowhere, number);
        _ = Close(nowhere);
    }

    private static Dictionary<int, string> Open()
    {
        var open = new Dictionary<int, string>();
        try
        {
            foreach (var file in Directory.EnumerateFiles("/proc/self/fd"))
                if (int.TryParse(Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Target(file) is { } target)
                    open[number] = target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without descriptors to spare, or without /proc: then whoever reads must wait for the end.
        }
        return open;
    }

    private static string? Target(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Closed since.
        }
    }

    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
