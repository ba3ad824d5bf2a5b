// Other programs: where they are, what they say, and how they ended.

using System.Diagnostics;
using System.Globalization;

namespace Weft.Linux.Clients;

internal static class Programs
{
    /// <summary>Everybody may see what runs, as everybody may plan.</summary>
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Where daemons are is not in everybody's PATH.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"]).Where(folder => folder.StartsWith('/'))
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(path => File.Exists(path) && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));

    /// <summary>The last line of a file that is not empty, for messages.</summary>
    public static string LastLine(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadLines(path).Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    public static string Decimal(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs a program to its end: what went wrong, or null; and what it said.</summary>
    public static (string? Wrong, string Output) Call(string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Longest))
        {
            process.Kill();
            return ($"{program} did not end within {Longest.TotalSeconds} s", "");
        }
        return (process.ExitCode == 0 ? null : $"{program} failed (exit code {Decimal(process.ExitCode)}): {errors.Result.Trim()}", output.Result);
    }

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
}
