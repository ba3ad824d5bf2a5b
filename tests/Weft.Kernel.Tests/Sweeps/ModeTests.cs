// Every mode with every monitor, on a bond that speaks for itself, with a VLAN on it, and on one under a bridge: what the kernel refuses,
// `check` refuses first, at a line and with a reason; what `check` lets pass, the kernel takes, tells as it was said, and brings up.

using System.Diagnostics;
using System.Text.Json.Nodes;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Kernel.Tests.Sweeps;

public sealed class ModeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan LongestForCarrier = TimeSpan.FromSeconds(10);

    /// <summary>What a bond may say of its monitor; TARGET is who answers behind its cables.</summary>
    private static readonly string[] Monitors =
    [
        "",
        "miimon: 0",
        "miimon: 100",
        "miimon: 100, updelay: 200, downdelay: 300",
        "updelay: 200",
        "arp_interval: 100, arp_ip_target: TARGET",
        "arp_interval: 100, arp_ip_target: TARGET, arp_validate: all",
        "miimon: 100, arp_interval: 100, arp_ip_target: TARGET",
    ];

    /// <summary>Who answers behind the cables of bond0 and bond1.</summary>
    private static readonly string[] Targets = ["10.0.0.1", "10.0.1.1"];

    public static TheoryData<string> Modes => [.. ((OneOf)BondLines.Mode.Shape).Words.Select(mode => mode.Word)];

    [Theory]
    [MemberData(nameof(Modes))]
    public void What_the_kernel_refuses_check_refuses_first_and_what_check_lets_pass_comes_up(string mode)
    {
        var (clock, refused, cameUp) = (Stopwatch.StartNew(), 0, 0);
        using var host = new BareHost("modes", "eth0", "eth1", "eth2", "eth3");
        // Each cable has a neighbour of its own that answers for the targets: no port is silent, whichever the bond asks by.
        host.Switch($"link set lo up\n{string.Join('\n', Targets.Select(target => $"addr add {target}/32 dev lo"))}");
        foreach (var monitor in Monitors)
        {
            var file = File(mode, monitor);
            var reading = HostFile.Read("host.yaml", file);
            reading.Findings.ShouldBeEmpty();
            var errors = Checker.Look(reading.Host!).Where(finding => finding.Severity == Severity.Error).ToList();
            var answer = host.Inside(kernel => Made(kernel, reading.Host!.Find("bond0")!.Settings));
            (errors.Count > 0).ShouldBe(answer is not null, $"{mode}, {monitor}: the kernel says {answer?.ToString() ?? "yes"}, check says {string.Join("; ", errors.Select(error => error.What))}");
            if (answer is not null)
            {
                errors.ShouldAllBe(error => error.Place.Line > 0 && error.Why.Length > 0 && error.What.Contains("bond"));
                errors.Select(error => error.Place.Line).Distinct().ShouldBe([3, 4]);
                refused++;
                continue;
            }
            host.Apply(file);
            foreach (var (at, bond) in new[] { "bond0", "bond1" }.Index())
                Told(Up(host, bond)).ShouldBe(Said(HostFile.Read("host.yaml", file).Host!.Find(bond)!.Settings, mode, Targets[at]), $"{mode}, {monitor}, {bond}");
            Up(host, "bond0.5");
            Up(host, "br0");
            host.Plan(file).IsEmpty.ShouldBeTrue($"{mode}, {monitor}");
            cameUp++;
        }
        output.WriteLine($"{refused} refused, {cameUp} came up, {clock.Elapsed.TotalSeconds:F1} s");
        (refused + cameUp).ShouldBe(Monitors.Length);
    }

    private static string File(string mode, string monitor) => $$$"""
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], addresses: [10.0.0.2/24], mode: {{{mode}}}{{{Monitor(monitor, 0)}}} }
          bond1: {ports: [eth2, eth3], mode: {{{mode}}}{{{Monitor(monitor, 1)}}} }
        vlans: {bond0.5: {link: bond0, id: 5}}
        bridges: {br0: {ports: [bond1], addresses: [10.0.1.2/24]}}
        """;

    private static string Monitor(string monitor, int bond) => monitor.Length == 0 ? "" : $", {monitor.Replace("TARGET", Targets[bond], StringComparison.Ordinal)}";

    /// <summary>What the kernel says to a bond that is to be all of that at once.</summary>
    private static Refusal? Made(IKernel kernel, Settings settings)
    {
        kernel.Observe().Refusal.ShouldBeNull(); // So that it knows which indexes are taken.
        var made = kernel.Execute([new Step.OfLink(Verb.Add, "raw", LinkKind.Bond, Settings.Of(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Key.Shape is ListOf && pair.Value.Value is not Value.List ? At.Nowhere<Value>(new Value.List([pair.Value])) : pair.Value))), Place.None)])[0];
        if (made is null)
            kernel.Execute([new Step.OfLink(Verb.Remove, "raw", LinkKind.Bond, Settings.Empty, Place.None)]).OfType<Refusal>().ShouldBeEmpty();
        return made;
    }

    /// <summary>The link as `ip` tells it once it is up.</summary>
    private static JsonNode Up(BareHost host, string link)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            var told = HostFacts.Items(host.Say($"-d -j link show {link}")).Single();
            if ((string?)told["operstate"] == "UP" && told["flags"]!.AsArray().Any(flag => (string?)flag == "LOWER_UP"))
                return told;
            waited.Elapsed.ShouldBeLessThan(LongestForCarrier, told.ToJsonString());
        }
    }

    private static string Told(JsonNode link)
    {
        var data = link["linkinfo"]!["info_data"]!;
        return $"{data["mode"]} miimon {data["miimon"]} updelay {data["updelay"]} downdelay {data["downdelay"]} arp_interval {data["arp_interval"]} arp_validate {data["arp_validate"] ?? "none"} arp_ip_target {string.Join(' ', data["arp_ip_target"]?.AsArray().Select(target => $"{target}") ?? [])}";
    }

    private static string Said(Settings bond, string mode, string target)
    {
        long Number(Attribute line) => bond.Number(line) ?? ((Value.Number)line.Default(Settings.Empty.With(BondLines.Mode, Value.Of(mode)))!).Count;
        return $"{mode} miimon {Number(BondLines.Miimon)} updelay {Number(BondLines.Updelay)} downdelay {Number(BondLines.Downdelay)} arp_interval {Number(BondLines.ArpInterval)} arp_validate {bond.Word(BondLines.ArpValidate) ?? "none"} arp_ip_target {(bond.Has(BondLines.ArpIpTarget) ? target : "")}";
    }
}
