// A host of NICs and nothing else: a network namespace with veth cables to a second one, in which Weft's rooms work without
// a program being started for each step. The NICs have the same MACs in every such host, so two can be compared.

using System.Diagnostics;
using Weft.Apply;
using Weft.Check;
using Weft.Linux;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests;

internal sealed class BareHost : IDisposable
{
    private readonly string name;
    private Ledger ledger = Ledger.Empty;

    public BareHost(string name, params string[] nics)
    {
        this.name = $"weft-{name}-{Environment.ProcessId}";
        // A process a namespace: in user-mode Linux a process costs more than a namespace.
        Run("ip", string.Concat(nics.Select((nic, at) => $"link add {nic} address 02:00:5e:00:00:{at + 1:x2} netns {this.name} type veth peer name {nic}-sw netns {this.name}-sw\n")
            .Prepend($"netns add {this.name}\nnetns add {this.name}-sw\n")), null, "-batch", "-");
        if (nics.Length > 0)
            Switch(string.Join('\n', nics.Select(nic => $"link set {nic}-sw up")));
    }

    /// <summary>The namespace in which the cables end.</summary>
    public string SwitchNamespace => $"{name}-sw";

    /// <summary>Somebody else's doing: `ip` with these words, one command a line, in one process.</summary>
    public void Others(string commands) => Batch("ip", "", commands);

    /// <summary>What the other ends of the cables do: `ip` with these words, one command a line, in one process.</summary>
    public void Switch(string commands) => Run("ip", commands, null, ["-n", SwitchNamespace, "-batch", "-"]);

    /// <summary>Behind the cables' other ends: a network of a smaller MTU, for which they route, and somebody in it.</summary>
    public void Router(string own4, string theirs4, string own6, string theirs6, int mtu)
    {
        Ip("netns", "add", $"{name}-far");
        Switch($"link add far type veth peer name near netns {name}-far\nlink set far mtu {mtu}\nlink set far up\naddr add {own4} dev far\naddr add {own6} dev far nodad");
        Run("ip", $"link set near mtu {mtu}\nlink set near up\naddr add {theirs4} dev near\naddr add {theirs6} dev near nodad\nroute add default via {own4.Split('/')[0]}\nroute add default via {own6.Split('/')[0]}", null, ["-n", $"{name}-far", "-batch", "-"]);
        NetworkNamespace.Within(SwitchNamespace, () =>
        {
            System.IO.File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
            System.IO.File.WriteAllText("/proc/sys/net/ipv6/conf/all/forwarding", "1");
            return "done";
        }).Failure.ShouldBeNull();
        hasRouter = true;
    }

    private bool hasRouter;

    /// <summary>The same, of somebody who comes too late where the kernel answers so.</summary>
    public void OthersUnless(string late, string commands) => Run("ip", commands, late, ["-n", name, "-batch", "-"]);

    /// <summary>What ip or bridge says to these commands, one a line, in one process.</summary>
    public string Batch(string program, string options, string commands) =>
        Run(program, commands, null, ["-n", name, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-batch", "-"]);

    /// <summary>What `ip` says in this host.</summary>
    public string Say(string words) => Ip(["-n", name, .. words.Split(' ')]);

    /// <summary>The names of its links. A new namespace has more than lo where a module of tunnels is loaded (gre0, gretap0, erspan0).</summary>
    public IReadOnlyList<string> Links() => [.. Say("-br link").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', '@')[0]).Order(StringComparer.Ordinal)];

    /// <summary>What ip, bridge or tc says in this host.</summary>
    public string Tool(string program, string words) => Run(program, null, null, ["-n", name, .. words.Split(' ')]);

    /// <summary>Applies a file, whatever comes of it.</summary>
    /// <param name="text">The file.</param>
    /// <param name="looked">Whether it is looked at before, and must pass.</param>
    public Outcome Try(string text, bool looked = true)
    {
        var (outcome, after) = Inside(kernel => Carried.Out(Walk.Plan(looked ? Read(text) : HostFile.Read("host.yaml", text).Host!, kernel, ledger, new Timings()), kernel, new Timings()));
        ledger = after;
        return outcome;
    }

    /// <summary>Applies a file that nobody confirms, so that it is undone once it is verified.</summary>
    public Outcome Undone(string text)
    {
        var disk = new MemoryDisk();
        LedgerFile.Write(disk, ledger).ShouldBeNull();
        var outcome = Inside(kernel => Transaction.Make(Walk.Plan(Read(text), kernel, ledger, new Timings()), new Errand("a test") { Confirm = TimeSpan.FromMinutes(1) }, disk, kernel, TimeProvider.System, new Timings(),
            _ => [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")]).Outcome!);
        ledger = LedgerFile.Read(disk).Ledger;
        return outcome;
    }

    public Outcome Apply(string text)
    {
        var outcome = Try(text);
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return outcome;
    }

    public Drawn Plan(string text) => Inside(kernel => Walk.Plan(Read(text), kernel, ledger, new Timings()).Plan);

    /// <summary>The host as `ip` tells it, once the carriers and addresses have settled.</summary>
    public string Facts()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(10);)
        {
            var links = Ip("-n", name, "-br", "link");
            if (!Ip("-n", name, "-j", "-6", "addr").Contains("\"tentative\":true", StringComparison.Ordinal)
                && !links.Split('\n').Any(line => line.StartsWith("eth", StringComparison.Ordinal) && line.Contains("NO-CARRIER", StringComparison.Ordinal)))
                break;
        }
        return HostFacts.OfBareWire(section => section switch
        {
            "link" => Ip("-n", name, "-j", "-d", "link"),
            "addr" => Ip("-n", name, "-j", "addr"),
            "route" => Ip("-n", name, "-j", "route", "show", "table", "all"),
            _ => Ip("-n", name, "-j", "-6", "route", "show", "table", "all"),
        });
    }

    public void Dispose()
    {
        Run("ip", $"netns del {name}\nnetns del {name}-sw\n{(hasRouter ? $"netns del {name}-far\n" : "")}", null, "-batch", "-");
    }

    public T Inside<T>(Func<IKernel, T> work)
    {
        var (result, failure) = NetworkNamespace.Within(name, () =>
        {
            using var kernel = LinuxKernel.Open();
            return work(kernel);
        });
        failure.ShouldBeNull();
        return result!;
    }

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Concat(Checker.Look(reading.Host!)).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return reading.Host!;
    }

    private static string Ip(params string[] words) => Run("ip", null, null, words);

    private static string Run(string program, string? input, string? late, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = input is not null, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input + "\n");
            process.StandardInput.Close();
        }
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (late is null || !errors.Result.Contains(late, StringComparison.Ordinal))
            process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', words)}: {errors.Result}{input}");
        return output;
    }
}
