// A child process and what it cost. .NET's own Process does not tell the peak memory of a child that has ended, so it is
// started and waited for by hand.

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Weft.Bench;

/// <summary>What a child cost.</summary>
/// <param name="Code">Its exit code; 128 and the signal's number where one ended it.</param>
/// <param name="Wall">Milliseconds from before it was started to after it was waited for.</param>
/// <param name="Cpu">Milliseconds in user and kernel mode.</param>
/// <param name="PeakKib">Largest resident set. At least our own at the time, which the kernel counts for a child until it executes.</param>
/// <param name="Output">What it printed.</param>
internal sealed record Cost(int Code, double Wall, double Cpu, long PeakKib, string Output);

internal static unsafe partial class Child
{
    /// <summary>Runs a program to its end, its standard output in a file in memory.</summary>
    public static Cost Run(string program, params string[] arguments)
    {
        var output = $"/dev/shm/weft-bench-{Environment.ProcessId}.out";
        var actions = stackalloc byte[256];
        _ = InitialiseActions(actions);
        // O_WRONLY | O_CREAT | O_TRUNC
        _ = OpenInChild(actions, 1, output, 0x241, 0x180);
        string?[] words = [program, .. arguments, null];
        string?[] environment = [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"), null];
        var start = Stopwatch.GetTimestamp();
        var errno = Spawn(out var pid, program, actions, null, words, environment);
        if (errno != 0)
            throw new Win32Exception(errno, $"{program}: {Marshal.GetPInvokeErrorMessage(errno)}");
        int status;
        Usage usage;
        while (Wait(pid, out status, 0, out usage) != pid)
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw new Win32Exception();
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _ = DestroyActions(actions);
        var signal = status & 0x7f;
        var cpu = (usage.UserSeconds + usage.SystemSeconds) * 1e3 + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e3;
        return new(signal != 0 ? 128 + signal : status >> 8 & 0xff, wall, cpu, usage.PeakKib, File.ReadAllText(output));
    }

    private const int Interrupted = 4;

    [StructLayout(LayoutKind.Sequential)]
    private struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds, PeakKib;
        public fixed long Rest[13];
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitialiseActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenInChild(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int pid, string path, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait(int pid, out int status, int options, out Usage usage);
}
