// Parsing, checking and planning against the twin of a kernel: what a large file costs on the machine itself. The host planned
// against is either bare, or the one that the file describes. Each measurement is a process of its own, as a command is.

using System.Text.Json;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;

namespace Weft.Bench;

internal static class Pure
{
    /// <summary>What counts against the target; looking at a twin is nobody's work.</summary>
    public static readonly string[] Rooms = ["parse", "check", "plan"];

    /// <summary>Measures files of so many networks, in both layouts, against both hosts.</summary>
    public static int Rounds(int count, int rounds)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("weft-bench-").FullName, "host.yaml");
        for (var round = 0; round < rounds; round++)
            foreach (var layout in Layout.All)
            {
                File.WriteAllText(file, layout.HostFile(Network.First(count)));
                foreach (var against in new[] { "bare", "same" })
                {
                    var cost = Child.Run(Environment.ProcessPath!, "pure-cell", file, against);
                    if (cost.Code != 0)
                        return cost.Code;
                    var phases = JsonSerializer.Deserialize<Dictionary<string, double>>(cost.Output)!;
                    var reading = new Reading(round, layout.Word, count, "pure", against, cost.Wall, 0, cost.Cpu, cost.PeakKib, "") { Phases = phases, Steps = (int)phases["steps"] };
                    Console.WriteLine(JsonSerializer.Serialize(reading));
                }
            }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return 0;
    }

    /// <summary>Reads, checks and plans; prints the phases and the plan's length.</summary>
    public static int Run(string path, bool same)
    {
        var timings = new Timings();
        var text = File.ReadAllText(path);
        var reading = timings.Measure("parse", () => HostFile.Read(path, text));
        if (reading.Host is not { } host || reading.HasErrors)
            return 1;
        timings.Measure("check", () => Checker.Look(host).Length);
        var now = same ? AsDeclared(host) : Bare(host);
        var ledger = same ? new Ledger { Epoch = now.Epoch }.After(host, now.Host) : Ledger.Empty;
        var drawing = Walk.Plan(host, TwinKernel.From(now), ledger, timings);
        var phases = timings.Spent.ToDictionary(spent => spent.Room, spent => spent.Milliseconds);
        phases["steps"] = drawing.Plan.Steps.Length;
        Console.WriteLine(JsonSerializer.Serialize(phases));
        return 0;
    }

    private static Observation Bare(Host host) => Observation.Of(new Host { Links = [.. host.Of(LinkKind.Nic).Select((nic, at) => Observed(nic, at, null, up: false))] }) with { Epoch = "still" };

    private static Observation AsDeclared(Host host)
    {
        var masters = host.Links.SelectMany(link => link.Ports.Select(port => (port.Name.Value, link.Name.Value))).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
        return Observation.Of(new Host { Links = [.. host.Links.Select((link, at) => Observed(link, at, masters.GetValueOrDefault(link.Name.Value), up: true))] }) with { Epoch = "still" };
    }

    private static Link Observed(Link link, int at, string? master, bool up)
    {
        var settings = link.Settings;
        foreach (var line in Table.OfLink(link.Kind))
            if (!settings.Has(line) && line.Home == Home.Data && line.Default(link.Settings) is { } value)
                settings = settings.With(line, value);
        settings = settings.With(Table.Mtu, Value.Of(1500)).With(Table.Mac, Value.Of("02:00:00:00:01:00")).With(Table.Up, Value.Of(up)).With(Table.Ipv6, Value.Of(!up || link.Kind == LinkKind.Bridge));
        var ports = link.Ports.Select(port => port with { Settings = Settings.Of(Table.OfPort(link.Kind).Where(line => line.Default(Settings.Empty) is not null).Select(line => KeyValuePair.Create(line, At.Nowhere(line.Default(Settings.Empty)!)))) });
        return new Link(link.Name, link.Kind) { Settings = settings, Ports = [.. ports], Addresses = link.Addresses, State = new LinkState(at + 1) { Master = master, IdentityMac = "02:00:00:00:01:00" } };
    }
}
