// Where this process is to die, for those who try what becomes of a host then: WEFT_DIE_AT=n kills it at the n-th point, counted
// from 0, at which it touches its folders or the kernel; WEFT_POINTS=FILE lists the points that it passes, the fatal one last.
// Without the two variables nothing is counted and nothing stands in the way. A kill of its own and none of a signal's
// handlers: nothing is tidied up, as when the machine's memory is gone.

using System.Globalization;
using Weft.Apply;
using Weft.Linux;

namespace Weft.Cli;

internal static class Fate
{
    /// <summary>SIGKILL (signal(7)).</summary>
    private const int Kill = 9;

    private static readonly Mortality? Own = Read();

    public static IDisk Of(IDisk disk) => Own is null ? disk : new MortalDisk(disk, Own);

    public static IKernel Of(IKernel kernel) => Own is null ? kernel : new MortalKernel(kernel, Own);

    private static Mortality? Read()
    {
        var isToDie = int.TryParse(Environment.GetEnvironmentVariable("WEFT_DIE_AT"), NumberStyles.None, CultureInfo.InvariantCulture, out var at);
        var trail = Environment.GetEnvironmentVariable("WEFT_POINTS");
        return isToDie || trail is { Length: > 0 } ? new(isToDie ? at : -1, Die, trail is { Length: > 0 } ? what => File.AppendAllText(trail, what + "\n") : null) : null;
    }

    private static void Die()
    {
        OwnProcess.Signal(Environment.ProcessId, Kill);
        Thread.Sleep(Timeout.Infinite); // Death comes to the other threads first.
    }
}
