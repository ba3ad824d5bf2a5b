// Runs one small program and returns what it said. Bounded: a tool that does not end within ten seconds is ended.
// The lab's own set-up may take tools such as `ip` and `modprobe`; the product's data path never does.
using System.ComponentModel;
using System.Diagnostics;

namespace Weft.Lab;

/// <summary>The outcome of a tool: its exit code (-1: could not be started or did not end), and its two outputs.</summary>
internal readonly record struct Tool(int Code, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="name"/> with <paramref name="input"/> on its standard input.</summary>
    public static Tool Run(string name, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(Find(name) ?? name, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start);
            if (process is null) return new Tool(-1, "", "");
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            try { process.StandardInput.Write(input); process.StandardInput.Close(); }
            catch (IOException) { /* It ended without reading; its exit code tells. */ }
            if (!process.WaitForExit(Patience)) { process.Kill(entireProcessTree: true); return new Tool(-1, "", $"{name} did not end"); }
            return new Tool(process.ExitCode, output.Result, errors.Result);
        }
        catch (Win32Exception refusal) { return new Tool(-1, "", refusal.Message); }
    }

    /// <summary>Where a program is, in PATH and in the administrators' folders, which users rarely have in theirs; null if nowhere.</summary>
    public static string? Find(string name) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
