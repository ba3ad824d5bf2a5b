// Parsing, checking and planning without a kernel beside them: what a large file costs on the machine itself. The host planned
// against is either bare, or the one that the file describes.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Bench;

/// <summary>A host that stands still.</summary>
internal sealed class StillKernel(Observation now) : IKernel
{
    public Observation Observe() => now;

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => throw new InvalidOperationException("nothing is sent here");
}

internal static class Pure
{
    /// <summary>Reads, checks and plans; prints the phases and the plan's length.</summary>
    public static int Run(string path, bool same)
    {
        var timings = new Timings();
        var text = File.ReadAllText(path);
        var reading = timings.Measure("parse", () => HostFile.Read(path, text));
        if (reading.Host is not { } host || reading.HasErrors)
            return 1;
        var findings = timings.Measure("check", () => Checker.Look(host).Length);
        var now = same ? AsDeclared(host) : Bare(host);
        var ledger = same ? new Ledger { Epoch = now.Epoch }.After(host, now.Host) : Ledger.Empty;
        var drawing = Walk.Plan(host, new StillKernel(now), ledger, timings);
        Console.WriteLine($"{drawing.Plan.Steps.Length} steps, {findings + drawing.Plan.Findings.Length} findings; {string.Join(", ", timings.Spent.Select(spent => $"{spent.Room} {spent.Milliseconds:0} ms"))}");
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
