// Starts the keeper (Scripts/keeper.pl), which runs the lab's processes in a PID namespace of their own, and waits for it.
//
// Whatever ends first decides: the command, the time limit, a signal to this program, or the reader of our output going
// away. In every case nothing of the lab runs on when Run returns; if this process is killed, the keeper sees to it.
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Weft.Lab;

/// <summary>How a keeper ended: its exit code, or the code for having been ended (124 limit, 128+n signal) with Ended true.</summary>
internal readonly record struct Keeper(int Code, bool Ended)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int Limit = 124, BrokenPipe = 128 + 13;

    /// <summary>Runs a command under a keeper.</summary>
    /// <param name="mode"><c>uml</c> or <c>here</c>.</param>
    /// <param name="state">The lab's folder.</param>
    /// <param name="command">What the keeper's first process runs.</param>
    /// <param name="request">Environment, working folder and limit.</param>
    /// <param name="hostname">The host name inside.</param>
    public static Keeper Run(string mode, StateFolder state, IEnumerable<string> command, LabRequest request, string hostname)
    {
        var apart = mode == "uml";
        var start = new ProcessStartInfo(Tool.Find("perl") ?? "perl",
            [state.WriteScript("keeper.pl"), mode, state.Path, $"{Environment.ProcessId}", hostname, .. command])
        {
            UseShellExecute = false, WorkingDirectory = request.Folder, RedirectStandardOutput = apart, RedirectStandardError = apart,
        };
        start.Environment.Clear();
        foreach (var (name, value) in request.Environment) start.Environment[name] = value;

        var ending = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        // In a lab on this kernel at a terminal the keys' signals reach the command too, and it is for it to say what they mean.
        using var interrupt = On(PosixSignal.SIGINT, apart || Console.IsInputRedirected ? 2 : 0, ending);
        using var quit = On(PosixSignal.SIGQUIT, apart || Console.IsInputRedirected ? 3 : 0, ending);
        using var terminate = On(PosixSignal.SIGTERM, 15, ending);
        using var hangUp = On(PosixSignal.SIGHUP, 1, ending);

        using var processor = apart ? Processor.Take(Path.GetDirectoryName(state.Path)!) : null;
        using var process = Process.Start(start)!;
        processor?.Keep(process);
        var pumps = apart
            ? Task.WhenAll(Pump(process.StandardOutput.BaseStream, 1, ending), Pump(process.StandardError.BaseStream, 2, ending))
            : Task.CompletedTask;
        var over = process.WaitForExitAsync();
        var limit = Task.Delay(request.Limit ?? Timeout.InfiniteTimeSpan);
        var first = Task.WaitAny(over, ending.Task, limit);
        if (first == 0)
        {
            // All writers are dead, so the pumps end as soon as our own reader has taken everything.
            Task.WaitAny(pumps, ending.Task, limit);
            return new Keeper(process.ExitCode, Ended: false);
        }
        _ = Kill(process.Id, 15);
        if (!process.WaitForExit(Patience)) process.Kill();
        Task.WaitAny([pumps], Patience);
        return new Keeper(first == 1 ? ending.Task.Result : Limit, Ended: true);
    }

    private static PosixSignalRegistration On(PosixSignal signal, int number, TaskCompletionSource<int> ending) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (number != 0) ending.TrySetResult(128 + number);
        });

    // Written by hand: the console's stream is silent when the reader has gone, and a FileStream writes at an offset of its own.
    private static async Task Pump(Stream from, int to, TaskCompletionSource<int> ending)
    {
        const int Interrupted = 4, Again = 11;
        var bytes = new byte[65536];
        while (await from.ReadAsync(bytes).ConfigureAwait(false) is > 0 and var count)
        {
            for (var at = 0; at < count;)
            {
                var wrote = (int)Write(to, ref bytes[at], count - at);
                var error = wrote < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error is not (0 or Interrupted or Again)) { ending.TrySetResult(BrokenPipe); return; }
                if (error == Again) await Task.Delay(1).ConfigureAwait(false);
                at += Math.Max(wrote, 0);
            }
        }
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, ref byte bytes, nint count);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
