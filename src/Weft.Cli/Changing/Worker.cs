// The process that makes a change is its own, so that what the change does to its administrator's terminal, ssh or session
// does nothing to the change. `weft apply` starts this program again in a session of its own, with the same words and the
// same streams, and only waits for it. Whoever ends the one that waits silences the other and ends nothing.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weft.Apply;
using Weft.Linux;
using Weft.Text;

namespace Weft.Cli.Changing;

/// <summary>The process that makes a change, as it sees itself.</summary>
internal sealed class Worker : IDisposable
{
    /// <summary>The variable that tells the program started again whose worker it is.</summary>
    private const string Variable = "WEFT_WORKER";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock one = new();
    private readonly int watcher;
    private readonly Timer looking;
    private Signals? signals;
    private bool isWatched = true;

    private Worker(int watcher)
    {
        this.watcher = watcher;
        OwnProcess.LeaveSession();
        looking = new(_ => Watch(), null, Look, Look);
    }

    /// <summary>Does the work in a process of its own, and returns its exit code.</summary>
    /// <param name="arguments">The words of this command line.</param>
    /// <param name="work">What that process does.</param>
    public static int Apart(IReadOnlyList<string> arguments, Func<Worker, int> work)
    {
        var told = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (!int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var watcher) || watcher != OwnProcess.Parent)
            return Watching(arguments);
        using var worker = new Worker(watcher);
        return work(worker);
    }

    /// <summary>Whether somebody told this process to end, which it does not before the change is over.</summary>
    public bool IsEnding => signals?.IsEnding == true;

    /// <summary>From here on the process ends by itself only: half a change is worse than a late end.</summary>
    public void Begin()
    {
        lock (one)
            signals ??= new();
        Scope.Enter();
    }

    /// <summary>The change waits: who watches this process need not, and goes with exit code 0.</summary>
    public void Release()
    {
        lock (one)
        {
            if (!isWatched)
                return;
            isWatched = false;
            OwnProcess.FallSilent();
            if (OwnProcess.Parent == watcher)
                OwnProcess.Signal(watcher, OwnProcess.Released);
        }
    }

    public void Dispose()
    {
        looking.Dispose();
        signals?.Dispose();
    }

    /// <summary>Nobody waits any more: before the change has begun nobody wants it either, later nobody listens.</summary>
    private void Watch()
    {
        lock (one)
        {
            if (!isWatched || OwnProcess.Parent == watcher)
                return;
            isWatched = false;
            if (signals is null)
                Environment.Exit(Exit.Refused);
            OwnProcess.FallSilent();
        }
    }

    /// <summary>Starts this program again as the worker, and waits for it, or until it says that nobody need wait.</summary>
    private static int Watching(IReadOnlyList<string> arguments)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var released = PosixSignalRegistration.Create((PosixSignal)OwnProcess.Released, context =>
        {
            context.Cancel = true;
            ended.TrySetResult(Exit.Done);
        });
        var leaving = new[] { (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15) }.Select(signal => PosixSignalRegistration.Create(signal.Item1, context =>
        {
            context.Cancel = true;
            ended.TrySetResult(-signal.Item2);
        })).ToList();
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "/proc/self/exe") { UseShellExecute = false };
        start.Environment[Variable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var word in arguments)
            start.ArgumentList.Add(word);
        var began = DateTimeOffset.UtcNow;
        using var worker = Start(start, out var wrong);
        if (worker is null)
            return Voice.Refuse($"the process that makes the change could not be started: {wrong}");
        worker.EnableRaisingEvents = true;
        worker.Exited += (_, _) => ended.TrySetResult(worker.ExitCode);
        if (worker.HasExited)
            ended.TrySetResult(worker.ExitCode);
        var code = ended.Task.GetAwaiter().GetResult();
        foreach (var signal in leaving)
            signal.Dispose();
        return code < 0 ? Left(-code) : code > Exit.Stuck ? Died(code, began) : code;
    }

    private static Process? Start(ProcessStartInfo start, out string wrong)
    {
        try
        {
            wrong = "";
            return Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            wrong = e.Message;
            return null;
        }
    }

    /// <summary>Told to end while the change goes on; one that was only being planned goes with this process.</summary>
    private static int Left(int signal)
    {
        if (Answering.Present() is not null && ApplyLock.Holder() is { } process)
            Voice.Complain($"a change that is under way goes on without this terminal (process {process}); weft status shows it");
        return 128 + signal;
    }

    /// <summary>The worker did not end by itself. What became of its change the ledger says, by the time at which it was begun, and the journal.</summary>
    private static int Died(int code, DateTimeOffset began)
    {
        var final = string.CompareOrdinal(LedgerFile.Read(Machine.State()).Ledger.Change, began.ToString("O", CultureInfo.InvariantCulture)) > 0;
        // What is left to be written of a final change may be an earlier one's.
        var left = Unfinished.On(Machine.State(), alone: false) is { } one && (final || one.Rule != Unfinished.Records) ? one : null;
        var what = left is not null ? $": {left.What}; {left.Mend}" : final ? "; its change was final by then" : "; nothing of it is left";
        Voice.Complain($"the process that made the change was ended from outside ({(code > 128 ? $"signal {code - 128}" : $"exit code {code}")}){what}");
        return final ? Exit.Done : left is null ? Exit.Refused : Exit.Stuck;
    }
}
