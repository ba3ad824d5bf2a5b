// systemd, where it runs as this machine's first process: it is told of units that came or went. Whatever fails is a sentence
// and no failure, since units count at the next boot anyway.

using System.Diagnostics;
using Weft.Linux;

namespace Weft.Cli;

internal static class Systemd
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Has it read its units again; returns what went wrong, null also where it does not run.</summary>
    /// <param name="root">The root that units were changed below; of another than its own it knows nothing.</param>
    public static string? Reload(string root)
    {
        if (root.Length > 0 || !Booted.BySystemd)
            return null;
        try
        {
            using var process = Process.Start(new ProcessStartInfo("systemctl", ["daemon-reload"]) { UseShellExecute = false })!;
            if (!process.WaitForExit(Longest))
                return $"systemctl daemon-reload did not end within {Longest.TotalSeconds} s";
            return process.ExitCode == 0 ? null : $"systemctl daemon-reload failed (exit code {process.ExitCode}); run it by hand";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"systemctl daemon-reload could not be run: {e.Message}";
        }
    }
}
