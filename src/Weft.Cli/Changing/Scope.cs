// On a host with systemd a session's processes may be ended with it (KillUserProcesses=, logind.conf(5)), whatever session
// they are in by setsid. So the process that makes a change asks systemd for a transient unit of its own around itself
// (org.freedesktop.systemd1(5), StartTransientUnit with PIDs). Where that fails, the session of its own is what there is.

using System.Diagnostics;
using System.Globalization;
using Weft.Linux;

namespace Weft.Cli.Changing;

internal static class Scope
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Moves this process into a transient scope, where systemd runs this machine.</summary>
    public static void Enter()
    {
        if (!Booted.BySystemd)
            return;
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("busctl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["--system", "--quiet", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartTransientUnit",
            "ssa(sv)a(sa(sv))", $"weft-change-{id}.scope", "fail", "2", "Description", "s", "A change of this host's network by weft", "PIDs", "au", "1", id, "0"])
            start.ArgumentList.Add(word);
        try
        {
            using var call = Process.Start(start)!;
            call.StandardInput.Close();
            if (!call.WaitForExit(Longest))
                call.Kill();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // No busctl, or a bus that is away: the session of its own remains.
        }
    }
}
