// Starts this same program as a launcher of labs and looks at what it leaves. Every launcher has a runtime folder of its own:
// its path is in the command line of everything that runs for a lab, which is how a survivor is found.
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Weft.Lab.Tests;

internal sealed record Outcome(int Code, byte[] Bytes, string Errors)
{
    public string Output => System.Text.Encoding.UTF8.GetString(Bytes);
}

internal sealed class Launcher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Weft.Lab.Tests");
    private readonly string _runtime = $"/run/weft-lab-test-{Guid.NewGuid():N}";
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<MemoryStream> _output;

    private Launcher(string options, string[] command, string folder, string input, string? awaited = null)
    {
        _awaited = awaited;
        var start = new ProcessStartInfo(Program, ["lab", $"runtime={_runtime}", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--", .. command])
        {
            UseShellExecute = false, WorkingDirectory = folder,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LAB_WORD"] = "two words\nand a line";
        _process = Process.Start(start)!;
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
        _output = Task.Run(async () =>
        {
            var bytes = new MemoryStream();
            var some = new byte[65536];
            while (await _process.StandardOutput.BaseStream.ReadAsync(some) is > 0 and var count) 
            {
                bytes.Write(some, 0, count);
                _said.TrySetResult();
                if (_awaited is { } text && System.Text.Encoding.UTF8.GetString(bytes.ToArray()).Contains(text, StringComparison.Ordinal)) _met.TrySetResult();
            }
            return bytes;
        });
    }

    private readonly TaskCompletionSource _said = new(), _met = new();
    private readonly string? _awaited;

    public static Launcher Start(string options, params string[] command) => new(options, command, AppContext.BaseDirectory, "");

    /// <summary>The same, for <see cref="Met"/>.</summary>
    public static Launcher StartAwaiting(string text, string options, params string[] command) => new(options, command, AppContext.BaseDirectory, "", text);

    public static Outcome Run(string options, params string[] command)
    {
        using var launcher = Start(options, command);
        return launcher.End();
    }

    public static Outcome Feed(string options, string input, params string[] command)
    {
        using var launcher = new Launcher(options, command, AppContext.BaseDirectory, input);
        return launcher.End();
    }

    /// <summary>Waits until the command has said something.</summary>
    public Launcher Up() { _said.Task.Wait(Patience).ShouldBeTrue("the command in the lab never said anything"); return this; }

    /// <summary>Waits until the command has said the text that is awaited, or has ended.</summary>
    public void Met()
    {
        Task.WaitAny([_met.Task, _output], Patience);
        _met.Task.IsCompleted.ShouldBeTrue($"the command in the lab never said {_awaited}");
    }

    /// <summary>Whether it ends within this time.</summary>
    public bool Ends(TimeSpan time) => _process.WaitForExit(time);

    public void Signal(int number) => Kill(_process.Id, number).ShouldBe(0);

    public Outcome End()
    {
        _process.WaitForExit(Patience).ShouldBeTrue("the launcher did not end");
        return new Outcome(_process.ExitCode, _output.Result.ToArray(), _errors.Result);
    }

    /// <summary>What is left of the lab, bounded by five seconds for the kernel to end what it was told to end.</summary>
    public (int Processes, int Folders) Left()
    {
        for (var watch = Stopwatch.StartNew(); Processes() is [var survivor, ..] && watch.Elapsed < TimeSpan.FromSeconds(5);)
            survivor.WaitForExit(100);
        return (Processes().Count, Folders);
    }

    public int Folders => Directory.GetDirectories(_runtime).Length;

    public IReadOnlyList<Process> Processes() => [.. Process.GetProcesses().Where(process => CommandLine(process).Contains(_runtime, StringComparison.Ordinal))];

    /// <summary>Runs another lab of the same runtime folder, which sweeps.</summary>
    public void Sweep()
    {
        var start = new ProcessStartInfo(Program, ["lab", $"runtime={_runtime}", "right-there", "--", "true"]) { UseShellExecute = false, RedirectStandardError = true };
        using var next = Process.Start(start)!;
        next.StandardError.ReadToEnd();
        next.WaitForExit(Patience).ShouldBeTrue();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        if (Directory.Exists(_runtime)) Directory.Delete(_runtime, recursive: true);
    }

    private static string CommandLine(Process process)
    {
        try { return File.ReadAllText($"/proc/{process.Id}/cmdline"); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return ""; }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
