// What `weft prove` costs, as a command: a host with N networks and a guest in each under every single failure and under every pair, ten times the
// networks, and a rack of such hosts.

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weft.Bench;

internal static class Proofs
{
    public const string Contender = "proofs";

    private const int Rack = 32, Most = 10;
    private const string Single = "single", Double = "double", Many = "many", OfRack = "rack";

    /// <summary>What every network must survive in the files: all pairs are tried of what survives every single one.</summary>
    private static readonly (string Job, int Times, int Hosts, string Survives)[] Jobs = [(Single, 1, 1, "any-one"), (Double, 1, 1, "any-two"), (Many, Most, 1, "any-one"), (OfRack, 1, Rack, "any-one")];

    public static int Rounds(string weft, int count, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("weft-bench-").FullName;
        for (var round = 0; round < rounds; round++)
            foreach (var (job, times, hosts, survives) in Jobs)
            {
                var files = Enumerable.Range(0, hosts).Select(host => Path.Combine(folder, $"{job}-{host}.yaml")).ToList();
                foreach (var (file, host) in files.Select((file, host) => (file, host)))
                    File.WriteAllText(file, Expecting(Guests.HostFile(count * times, oneBridge: false, host), count * times, survives));
                var cost = Child.Run(weft, ["prove", "--json", .. files]);
                // 3: something was refuted, which is an answer too.
                if (cost.Code is not (0 or 3))
                    return cost.Code;
                Console.WriteLine(JsonSerializer.Serialize(new Reading(round, Layout.All[0].Word, count, Contender, job, cost.Wall, 0, cost.Cpu, cost.PeakKib, "")));
            }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static string Expecting(string file, int count, string survives)
    {
        var text = new StringBuilder(file).Append("expect:\n");
        for (var at = 0; at < count; at++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{network: net{at}, survives: {survives}, within: 1000ms}}\n");
        return text.ToString();
    }

    /// <summary>What is promised, in seconds and megabytes.</summary>
    public static void Tell(IReadOnlyList<Reading> all, Action<string, List<double>, double> row)
    {
        List<double> Of(string job, Func<Reading, double> what) => [.. all.Where(reading => reading.Contender == Contender && reading.Job == job).Select(what)];
        row("weft prove, 100 networks and guests, every single failure, in s", Of(Single, reading => reading.Wall / 1000), 1);
        row("the same, every pair, in s", Of(Double, reading => reading.Wall / 1000), 5);
        row("peak memory of that in MB", Of(Double, reading => reading.PeakKib * 1024 / 1e6), 200);
        row("1000 networks over 100, every single failure", [.. Of(Many, reading => reading.Wall).Zip(Of(Single, reading => reading.Wall), (many, few) => many / few)], 3);
        row($"a rack of {Rack} such hosts, in s", Of(OfRack, reading => reading.Wall / 1000), 30);
    }
}
