// What makes a refutation believed: the whole files, run through the same failures with that one question alone, as `weft simulate` does when somebody types
// the command. What the command is to show, this run has shown; where none does, it is said.
//
// A question that is silent for too long is so only when the failure comes right behind a look of whoever has to notice it. A run with the failure anywhere tells
// when they look; then the failure is put behind each of these looks, until one run is silent for longer than was allowed.

using Weft.Model;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>A run that somebody can see for himself.</summary>
/// <param name="Command">The `weft simulate` of it.</param>
/// <param name="Happenings">What happened.</param>
/// <param name="LongestNs">The longest silence that is certain in it.</param>
/// <param name="IsShown">Whether it shows what was said.</param>
internal sealed record Shown(string Command, IReadOnlyList<SimulatedHappening> Happenings, long LongestNs, bool IsShown);

/// <param name="layout">All files.</param>
/// <param name="files">What they are called in commands.</param>
internal sealed class Witness(Layout layout, string files)
{
    /// <summary>How long it goes on at least when all has settled.</summary>
    public const long Afterwards = 10 * VirtualTime.Second;

    private const long First = 5 * VirtualTime.Second;

    /// <summary>Other seeds give other moments of looking, where the first shows nothing.</summary>
    private const ulong Seeds = 4;

    /// <summary>Looks that follow from each other: more were never seen to be needed.</summary>
    private const int MostLooks = 6;

    private readonly Lazy<Scene?> whole = new(() => Scene.Of(layout.Hosts).Scene);
    private readonly List<End> ends = Ends.Of(layout);

    /// <summary>One way to run it.</summary>
    private sealed record Way(Chosen Chosen, string Asker, int Flow, IReadOnlyList<(string Word, long AtMs)> Fails, long EveryMs, long? ForMs, ulong Seed);

    /// <param name="question">Who asks whom.</param>
    /// <param name="faults">What fails, in this order.</param>
    /// <param name="isFull">Whether only packets of the full size are lost.</param>
    /// <param name="flow">Which flow is lost.</param>
    /// <param name="withinMs">What the outage was longer than; null where the question is not answered to the end.</param>
    public Shown Of(Question question, IReadOnlyList<Fault> faults, bool isFull, int flow, long? withinMs)
    {
        if (whole.Value is not { } scene)
            return new(Command(new(new(question.From, $"{question.Target}", isFull), question.From, flow, Fails(faults, First, 0), Simulation.UsualEveryMs, null, 1)), [], 0, false);
        var settling = Trial.Settling(scene, faults.Any(fault => fault.Kind == FaultKind.Lacp));
        Shown? best = null;
        for (ulong seed = 1; seed <= Seeds; seed++)
            foreach (var one in Flows(scene, flow))
            {
                var way = new Way(new(Word(question), $"{question.Target}", isFull), question.From, one, Fails(faults, First, settling), Simulation.UsualEveryMs, null, seed);
                var longest = (withinMs is { } within ? Silences(scene, way, settling, within) : [Run(scene, way, settling, null)]).MaxBy(shown => (shown.IsShown, shown.LongestNs))!;
                if (longest.IsShown)
                    return longest;
                best = best is null || longest.LongestNs > best.LongestNs ? longest : best;
            }
        return best!;
    }

    /// <summary>The flow that was lost, and where others speak too and hash otherwise, the others.</summary>
    private static IEnumerable<int> Flows(Scene scene, int flow) => Case.FlowsOf(scene) is var all ? [flow, .. all.Where(other => other != flow)] : [];

    /// <summary>A time as it is told beside one that it is hardly longer than.</summary>
    public static string Exactly(long ns) => FormattableString.Invariant($"{ns / 1_000_000.0:0.###} ms");

    /// <summary>Runs with the failure behind each look of those that notice it, and the longest of them again with echoes close upon each other.</summary>
    private IEnumerable<Shown> Silences(Scene scene, Way way, long settling, long withinMs)
    {
        var anywhere = Run(scene, way, settling, withinMs);
        yield return anywhere;
        var failed = way.Fails.Count == 0 ? 0 : way.Fails[^1].AtMs * VirtualTime.Millisecond;
        var (best, longest) = (way, anywhere.LongestNs);
        foreach (var look in anywhere.Happenings.Where(seen => seen.Machine.Length > 0 && seen.AtNs >= failed).Select(seen => (seen.AtNs / VirtualTime.Millisecond) + 1).Distinct().Take(MostLooks))
        {
            var behind = way with { Fails = [.. way.Fails.Select(fail => fail.AtMs * VirtualTime.Millisecond == failed ? (fail.Word, look) : fail)] };
            var shown = Run(scene, behind, settling, withinMs);
            yield return shown;
            (best, longest) = shown.LongestNs > longest ? (behind, shown.LongestNs) : (best, longest);
        }
        if (longest <= withinMs * VirtualTime.Millisecond && longest + (2 * way.EveryMs * VirtualTime.Millisecond) > withinMs * VirtualTime.Millisecond)
            yield return Run(scene, best with { EveryMs = 1 }, settling, withinMs);
    }

    private Shown Run(Scene scene, Way way, long settling, long? withinMs)
    {
        var lastMs = way.Fails.Select(fail => fail.AtMs).DefaultIfEmpty().Max();
        if (settling + Afterwards > Simulation.UsualAfterwardsMs * VirtualTime.Millisecond)
            way = way with { ForMs = RoundUp(lastMs + ((settling + Afterwards) / VirtualTime.Millisecond)) };
        var again = scene.Again(way.Seed, way.Flow);
        var failures = way.Fails.Select(fail => Failure.Read(again, FormattableString.Invariant($"{fail.Word}@{fail.AtMs}ms"), isRepair: false).Failure).ToList();
        var forMs = way.ForMs ?? lastMs + Simulation.UsualAfterwardsMs;
        if (failures.Contains(null) || Failure.Conflict(failures!, forMs) is not null)
            return new(Command(way), [], 0, false);
        if (Simulation.Run(again, failures!, way.EveryMs, forMs, null, way.Chosen).Simulated is not { } simulated)
            // Nobody answers for an address on a bridge's port: then the machine asks from another.
            return way.Chosen.From == way.Asker ? new(Command(way), [], 0, false) : Run(scene, way with { Chosen = way.Chosen with { From = way.Asker } }, settling, withinMs);
        // A silence is known as closely as echoes follow each other, and only what is certain counts.
        var longest = Math.Max(0, simulated.Losses.Select(loss => loss.LongestNs).DefaultIfEmpty().Max() - (way.EveryMs * VirtualTime.Millisecond));
        var isLostToTheEnd = simulated.IsStorm || simulated.Losses.Any(loss => loss.LostAtEnd > 0);
        return new(Command(way), simulated.Happenings, longest, isLostToTheEnd || (withinMs is { } within && longest > within * VirtualTime.Millisecond));
    }

    /// <summary>Each failure when all has settled from the one before; several cables of one at once.</summary>
    private static List<(string, long)> Fails(IReadOnlyList<Fault> faults, long first, long settling) =>
        [.. faults.SelectMany((fault, at) => fault.Words.Select(word => (word, RoundUp((first + (at * settling)) / VirtualTime.Millisecond))))];

    /// <summary>Whole seconds are said shorter.</summary>
    private static long RoundUp(long ms) => (ms + 999) / 1000 * 1000;

    /// <summary>Who asks, by name, or where he has several addresses of that family, by the one that he asks from.</summary>
    private string Word(Question question) =>
        question.Asker?.Own.Address is { } own && ends.Count(end => end.Machine == question.From && end.Own.Address.AddressFamily == own.AddressFamily) > 1 ? $"{own}" : question.From;

    private string Command(Way way)
    {
        var words = new List<string> { "weft simulate", files };
        void Say(string option, string value) => words.AddRange([option, ShellWord.Of(value)]);
        foreach (var (word, at) in way.Fails)
            Say("--fail", FormattableString.Invariant($"{word}@{(at % 1000 == 0 ? $"{at / 1000}s" : $"{at}ms")}"));
        Say("--from", way.Chosen.From);
        Say("--to", way.Chosen.To);
        if (way.Flow > 0)
            Say("--flow", $"{way.Flow}");
        if (way.Chosen.IsFull)
            words.Add("--full");
        if (way.EveryMs != Simulation.UsualEveryMs)
            Say("--every", $"{way.EveryMs}");
        if (way.ForMs is { } length)
            Say("--for", $"{length / 1000}s");
        if (way.Seed != 1)
            Say("--seed", $"{way.Seed}");
        return string.Join(' ', words);
    }
}
