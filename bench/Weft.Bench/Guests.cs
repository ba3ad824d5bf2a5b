// What looking at a host costs with every rule: N networks with a guest in each, cables and switches said, so that every rule has something to
// look at. Each measurement is a process of its own, as a command is.

using System.Globalization;
using System.Text;
using System.Text.Json;
using Weft.Apply;
using Weft.Check;
using Weft.Spec;

namespace Weft.Bench;

internal static class Guests
{
    private const int MostVlans = 4000;

    public static int Rounds(int count, int rounds)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("weft-bench-").FullName, "host.yaml");
        for (var round = 0; round < rounds; round++)
            foreach (var layout in Layout.All)
            {
                File.WriteAllText(file, HostFile(count, layout is OneBridge));
                var cost = Child.Run(Environment.ProcessPath!, "guests-cell", file);
                if (cost.Code != 0)
                    return cost.Code;
                Console.WriteLine(JsonSerializer.Serialize(new Reading(round, layout.Word, count, "guests", "check", cost.Wall, 0, cost.Cpu, cost.PeakKib, "") { Phases = JsonSerializer.Deserialize<Dictionary<string, double>>(cost.Output)! }));
            }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return 0;
    }

    /// <summary>Reads and checks; prints the phases. A finding would mean that some rule had less to do than on a healthy host.</summary>
    public static int Run(string path)
    {
        var timings = new Timings();
        var text = File.ReadAllText(path);
        var reading = timings.Measure("parse", () => Spec.HostFile.Read(path, text));
        var found = reading.Host is { } host ? timings.Measure("check", () => Checker.Look(host)) : [];
        foreach (var finding in reading.Findings.Concat(found).Take(3))
            Console.Error.WriteLine($"{finding.Place}: {finding.Rule}: {finding.What}");
        Console.WriteLine(JsonSerializer.Serialize(timings.Spent.ToDictionary(spent => spent.Room, spent => spent.Milliseconds)));
        return reading.HasErrors || !found.IsEmpty ? 1 : 0;
    }

    /// <param name="count">Networks, with a guest in each.</param>
    /// <param name="oneBridge">One bridge that knows VLANs, or one for each.</param>
    /// <param name="host">Which host of a rack: names, MACs, addresses and groups are its own.</param>
    public static string HostFile(int count, bool oneBridge, int host = 0)
    {
        if (count > MostVlans)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"a link has at most {MostVlans} networks here");
        var text = new StringBuilder($"version: 1\nhost: h{host}\nnics: {{eth0: {{}}, eth1: {{}}}}\nbonds:\n  bond0: {{ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: fast, xmit_hash_policy: layer3+4}}\n");
        if (oneBridge)
            text.Append("bridges:\n  br0: {vlan_filtering: true, ports: [bond0]}\n");
        text.Append("networks:\n");
        for (var at = 0; at < count; at++)
            text.Append(CultureInfo.InvariantCulture, $"  net{at}: {{link: {(oneBridge ? "br0" : "bond0")}, vlan: {at + 2}, role: guests}}\n");
        text.Append("guests:\n");
        for (var at = 0; at < count; at++)
            text.Append(CultureInfo.InvariantCulture, $"  h{host}-guest{at}:\n    nics:\n      - {{network: net{at}, mac: \"52:54:00:{host:x2}:{at / 256:x2}:{at % 256:x2}\", model: virtio, addresses: [10.{at / 256}.{at % 256}.{host + 2}/24]}}\n");
        text.Append("cabling:\n");
        foreach (var (nic, leaf) in new[] { ("eth0", "leaf-a"), ("eth1", "leaf-b") })
            text.Append(CultureInfo.InvariantCulture, $"  {nic}: {{switch: {leaf}, port: Eth1/1, vlans: [2-{count + 1}], group: Po{host + 1}, lacp: active, edge: true, speed: 10G}}\n");
        text.Append("switches:\n  leaf-b: {mlag: pair1, mtu: 9216}\n  leaf-a:\n    mlag: pair1\n    mtu: 9216\n    addresses:\n");
        for (var at = 0; at < count; at++)
            text.Append(CultureInfo.InvariantCulture, $"      {at + 2}: 10.{at / 256}.{at % 256}.1/24\n");
        return text.ToString();
    }
}
