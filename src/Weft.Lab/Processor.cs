// One processor for one user-mode Linux. It has only one itself, and its kernel and its processes are processes here that hand
// over to each other at every system call and every first touch of a page: across two processors each handing-over wakes one
// that sleeps, and takes four to seven times as long (measured, docs/lab/seen-while-building-the-lab.md).
using System.Diagnostics;

namespace Weft.Lab;

/// <summary>A processor that no other lab of this machine has been given, held until disposed of.</summary>
internal sealed class Processor : IDisposable
{
    private readonly FileStream? _hold;

    private Processor(nint mask, FileStream? hold) => (Mask, _hold) = (mask, hold);

    /// <summary>The processor as a set of one (sched_setaffinity(2)); 0 where this process itself may not be told of its own.</summary>
    public nint Mask { get; }

    /// <summary>Takes one of those that this process may use. Where all are taken, one is shared.</summary>
    public static Processor Take(string runtime)
    {
        var allowed = Allowed();
        foreach (var number in allowed)
            if (Hold(Path.Combine(runtime, $".processor-{number}")) is { } hold)
                return new(Set(number), hold);
        return new(allowed.Length == 0 ? 0 : Set(allowed[Random.Shared.Next(allowed.Length)]), null);
    }

    /// <summary>Keeps a process and what it starts from now on on this processor. One that has ended meanwhile needs none.</summary>
    public void Keep(Process process)
    {
        try
        {
            if (Mask != 0) process.ProcessorAffinity = Mask;
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or System.ComponentModel.Win32Exception) { /* Slower, and right all the same. */ }
    }

    public void Dispose() => _hold?.Dispose();

    private static int[] Allowed()
    {
        using var self = Process.GetCurrentProcess();
        var mask = self.ProcessorAffinity;
        return [.. Enumerable.Range(0, nint.Size * 8).Where(number => (mask & Set(number)) != 0)];
    }

    private static nint Set(int number) => (nint)1 << number;

    private static FileStream? Hold(string path)
    {
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }
}
