// A real ovs-vswitchd on a database of its own, whose every link and datapath is a dummy: it touches nothing of the machine's, and says of each configuration that it is done.

using System.Diagnostics;
using Weft.Ovsdb.Tests;

namespace Weft.OpenVswitch.Tests;

internal sealed class Vswitchd : IDisposable
{
    private readonly Process process;

    public Vswitchd(OvsdbServer server)
    {
        var folder = Path.GetDirectoryName(server.Socket)!;
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "ovs-vswitchd", $"unix:{server.Socket}", "--enable-dummy=override", "--disable-system", "--disable-system-route", $"--unixctl={folder}/switch.ctl", "--no-chdir", "-vconsole:off"]) { WorkingDirectory = folder };
        foreach (var place in new[] { "OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR" })
            start.Environment[place] = folder;
        process = Process.Start(start)!;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        process.Dispose();
    }
}
