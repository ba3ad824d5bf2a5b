// The packet engine of the twin beside the machine's own kernel: the same frames over the same chain, in turn, each in a process of
// its own on the same processor.

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weft.Bench.Carrying;

internal static class Contest
{
    public const string Job = "frames";

    /// <summary>The twin as a command compiles it, and as it is once the runtime has seen what is hot; the kernel by both ways to make it send.</summary>
    private static readonly string[] Contenders = ["twin", "hot", "socket", "xdp"];

    private static readonly string[] Kernel = ["socket", "xdp"];

    /// <summary>The exit code of a cell whose frames did not all arrive.</summary>
    private const int Lost = 3;

    public static int Rounds(int count, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            foreach (var chain in Chain.All)
                for (var turn = 0; turn < Contenders.Length; turn++)
                {
                    var contender = Contenders[(round + turn) % Contenders.Length];
                    string[] cell = [Environment.ProcessPath!, "frames-cell", chain.Word, contender, $"{count}"];
                    string[] pinned = ["taskset", "--cpu-list", $"{Environment.ProcessorCount - 1}", .. contender switch
                    {
                        "twin" => cell,
                        "hot" => ["env", "DOTNET_TC_CallCountingDelayMs=0", "DOTNET_TieredPGO=1", .. cell],
                        _ => Namespace.Of(cell),
                    }];
                    var cost = Child.Run(pinned[0], pinned[1..]);
                    if (cost.Code == Lost)
                        continue;
                    if (cost.Code != 0)
                        return cost.Code;
                    Console.WriteLine(JsonSerializer.Serialize(new Reading(round, chain.Word, count, contender, Job, cost.Wall, 0, cost.Cpu, cost.PeakKib, "") { Phases = JsonSerializer.Deserialize<Dictionary<string, double>>(cost.Output)! }));
                }
        return 0;
    }

    /// <summary>One contender on one chain, warm.</summary>
    public static int Run(Chain chain, string contender, int count)
    {
        var said = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!Kernel.Contains(contender))
        {
            var twin = new TwinChain(chain);
            // The runtime compiles what is hot beside us, on the same processor: it is given the time.
            for (var warm = 0; warm < 10; warm++)
            {
                twin.Carry(count / 10);
                Thread.Sleep(20);
            }
            (said["wall"], said["allocated"]) = twin.Carry(count);
            if (said["allocated"] > 0)
                throw new InvalidOperationException($"{said["allocated"]} bytes were allocated for {count} frames");
        }
        else
        {
            var kernel = new KernelChain(chain);
            using (var sink = new PacketSocket("sink"))
                sink.Send(kernel.Frame(0xffff_ffff_ffff, Chain.Sink), 1);
            using var socket = new PacketSocket("sender");
            using var live = new LiveFrames("sender");
            var frame = kernel.Frame(chain.Target, Chain.Sender);
            Action<int> send = contender == "xdp" ? many => live.Send(frame, many) : many => socket.Send(frame, many);
            if (kernel.Carry(count / 4, send) is null || kernel.Carry(count, send) is not { } wall)
            {
                Console.Error.WriteLine($"the kernel lost frames ({chain.Word}, {contender}): not counted");
                return Lost;
            }
            said["wall"] = wall;
            said["filters"] = kernel.Filters ? 1 : 0;
        }
        Console.WriteLine(JsonSerializer.Serialize(said));
        return 0;
    }

    public static void Tell(StringBuilder text, IReadOnlyList<Reading> all)
    {
        var told = all.Where(reading => reading.Job == Job).ToList();
        if (told.Count == 0)
            return;
        text.AppendLine(CultureInfo.InvariantCulture, $"\n### Frames over {Chain.Bridges} bridges in a row\n");
        text.AppendLine("Nanoseconds a hop. A round in which the twin allocated anything, or lost a frame, ends the run.\n");
        text.AppendLine("| chain | hops a frame | rounds | twin | twin, hot | kernel, socket | kernel, XDP | twin / kernel's best | twin, hot / kernel's best |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var chain in Chain.All.Where(chain => told.Exists(reading => reading.Layout == chain.Word)))
        {
            string Each(string contender) => Report.Spread(Of(told, chain, contender).Values.Select(reading => Nanoseconds(chain, reading)), "0", " ns");
            text.Append(CultureInfo.InvariantCulture, $"| {chain.Title} | {chain.Hops} | {Of(told, chain, "twin").Count} | {string.Join(" | ", Contenders.Select(Each))} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Report.Spread(Ratios(told, chain, "twin"), "0.00", "")} | {Report.Spread(Ratios(told, chain, "hot"), "0.00", "")} |");
        }
        if (told.Exists(reading => Chain.Of(reading.Layout).Vlan > 0 && reading.Phases.GetValueOrDefault("filters", 1) == 0))
            text.AppendLine("\nThis kernel has no VLAN filtering: it carries the tagged frames through plain bridges, which is less work than what the twin does.");
    }

    /// <summary>How many times as long as the twin the kernel takes, by its better way of the same round.</summary>
    public static IEnumerable<double> Ratios(IEnumerable<Reading> all, Chain chain, string twin)
    {
        var kernel = all.Where(reading => reading.Job == Job && reading.Layout == chain.Word && Kernel.Contains(reading.Contender))
            .GroupBy(reading => reading.Round).ToDictionary(group => group.Key, group => group.MinBy(reading => reading.Phases["wall"])!);
        return Report.Ratios(kernel, Of(all, chain, twin), reading => reading.Phases["wall"], reading => reading.Phases["wall"]);
    }

    private static Dictionary<int, Reading> Of(IEnumerable<Reading> all, Chain chain, string contender) => Report.Of(all.Where(reading => reading.Layout == chain.Word), contender, Job);

    private static double Nanoseconds(Chain chain, Reading reading) => reading.Phases["wall"] * 1e6 / reading.Networks / chain.Hops;
}
