// A real ovsdb-server with a database of its own, in a folder of its own: no service, no switch, nothing of the machine's. It dies with whoever started it.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb.Tests;

internal sealed class OvsdbServer : IDisposable
{
    public const string VswitchSchema = "/usr/share/openvswitch/vswitch.ovsschema";

    private readonly string folder = Directory.CreateTempSubdirectory("weft-ovsdb-").FullName;
    private readonly string[] options;
    private Process? process;

    /// <param name="schema">The file of a schema.</param>
    /// <param name="options">Further options of ovsdb-server.</param>
    public OvsdbServer(string schema = VswitchSchema, params string[] options)
    {
        this.options = options;
        using var tool = Run("ovsdb-tool", "create", Database, schema);
        tool.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        tool.ExitCode.ShouldBe(0);
        Start();
    }

    private string Database => Path.Combine(folder, "conf.db");

    public string Socket => Path.Combine(folder, "db.sock");

    public Remote Remote => Remote.Parse($"unix:{Socket}").Value!;

    public void Start()
    {
        process = Run("setpriv", ["--pdeathsig", "KILL", "ovsdb-server", Database, $"--remote=punix:{Socket}", $"--unixctl={folder}/ctl", "--no-chdir", "-vconsole:off", .. options]);
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(10))
        {
            using var client = Client.Connect(Remote).Value;
            if (client is not null && client.Echo() is null)
                return;
            process.HasExited.ShouldBeFalse("ovsdb-server ended");
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>Ends it between two instructions; what was answered is on disk or not, as it likes.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        process.Dispose();
    }

    /// <summary>Stops it where it is, or lets it go on.</summary>
    public void Hold(bool on)
    {
        using var kill = Run("kill", on ? "-STOP" : "-CONT", $"{process!.Id}");
        kill.WaitForExit(TimeSpan.FromSeconds(5)).ShouldBeTrue();
    }

    public Client Connect(Limits? limits = null)
    {
        var (client, failure) = Client.Connect(Remote, null, limits);
        failure.ShouldBeNull();
        return client!;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A port of this machine's loopback that nobody has.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        foreach (var place in new[] { "OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR" })
            start.Environment[place] = folder;
        return Process.Start(start)!;
    }
}
