// The bench's door. `rounds` runs contenders in turn and prints a line of JSON for each measurement; `cell` is one contender on
// one host, which `rounds` starts in a namespace of its own; `report` makes tables of the lines; `pure` parses, checks and
// plans without a kernel.

using System.Diagnostics;
using System.Text.Json;
using Weft.Bench.Carrying;

namespace Weft.Bench;

internal static class Program
{
    private const string Usage = """
        usage: Weft.Bench rounds WEFT LAYOUT NETWORKS ROUNDS    measure; inside a lab, as root
               Weft.Bench cell WEFT LAYOUT NETWORKS ROUND CONTENDER
               Weft.Bench pure NETWORKS ROUNDS                  parse, check and plan against a twin, on any machine
               Weft.Bench pure-cell FILE bare|same
               Weft.Bench guests NETWORKS ROUNDS                every rule on a host with a guest in each network, on any machine
               Weft.Bench guests-cell FILE
               Weft.Bench proofs WEFT NETWORKS ROUNDS           `weft prove`: single and double failures, ten times the networks, a rack
               Weft.Bench frames COUNT ROUNDS                   the twin's packet engine beside this machine's kernel, as root
               Weft.Bench frames-cell CHAIN CONTENDER COUNT
               Weft.Bench observe TIMES                         look at this namespace, beside a plain dump of the same tables
               Weft.Bench report FILE...                        tables of what rounds printed
        """;

    private static readonly string[] Contenders = ["weft", "floor", "ip"];

    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["rounds", var weft, var layout, var count, var rounds]:
                return Rounds(weft, layout, count, int.Parse(rounds, null));
            case ["cell", var weft, var layout, var count, var round, var contender]:
                new Cell(Layout.Of(layout), int.Parse(count, null), int.Parse(round, null), contender, weft).Run(reading => Console.WriteLine(JsonSerializer.Serialize(reading)));
                return 0;
            case ["pure", var count, var rounds]:
                return Pure.Rounds(int.Parse(count, null), int.Parse(rounds, null));
            case ["pure-cell", var file, "bare" or "same"]:
                return Pure.Run(file, args[2] == "same");
            case ["guests", var count, var rounds]:
                return Guests.Rounds(int.Parse(count, null), int.Parse(rounds, null));
            case ["guests-cell", var file]:
                return Guests.Run(file);
            case ["proofs", var weft, var count, var rounds]:
                return Proofs.Rounds(weft, int.Parse(count, null), int.Parse(rounds, null));
            case ["frames", var count, var rounds]:
                return Contest.Rounds(int.Parse(count, null), int.Parse(rounds, null));
            case ["frames-cell", var chain, var contender, var count]:
                return Contest.Run(Chain.Of(chain), contender, int.Parse(count, null));
            case ["observe", var times]:
                return Looking.Run(int.Parse(times, null));
            case ["report", .. var files] when files.Length > 0:
                Console.Write(Report.Of(files.SelectMany(File.ReadLines).Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<Reading>(line)!)));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    /// <summary>The order turns from round to round, so that no contender always comes first.</summary>
    private static int Rounds(string weft, string layout, string count, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            for (var turn = 0; turn < Contenders.Length; turn++)
            {
                var words = Namespace.Of(Environment.ProcessPath!, "cell", weft, layout, count, $"{round}", Contenders[(round + turn) % Contenders.Length]);
                using var cell = Process.Start(words[0], words[1..]);
                cell.WaitForExit();
                if (cell.ExitCode != 0)
                    return cell.ExitCode;
            }
        return 0;
    }
}
