// Cases on the twin and on the kernel, and where they disagree. What differs is looked at again, in a lab of fewer cases and with a twin whose machines start at other moments: three
// times at most, and the best of either counts, since which timer comes before another is chance on both, and so is now and then who is heard last. What differs every time is told. For as long
// as the processor had no time for anybody a silence may differ besides (Seen.Late).

using System.Diagnostics;
using System.Globalization;

namespace Weft.Kernel.Tests.Frames;

/// <param name="Differences">Where the two disagree, a sentence each.</param>
/// <param name="Kernel">What was seen of the kernel, the last time.</param>
internal sealed record Compared(List<string> Differences, Seen Kernel)
{
    /// <summary>Whether anything was answered before it broke, so that there was something to watch.</summary>
    public bool IsWatched => Kernel.Silences.Count > 0;
}

internal static class Comparison
{
    private const int MostMeasured = 3;

    /// <param name="cases">The cases, each with the seed of its twin.</param>
    /// <param name="output">Is told every time.</param>
    public static Dictionary<FrameCase, Compared> Of(IReadOnlyList<(FrameCase Case, ulong Seed)> cases, ITestOutputHelper? output = null)
    {
        var seeds = cases.ToDictionary(one => one.Case, one => one.Seed);
        var twins = cases.ToDictionary(one => one.Case, one => OnTwin.Run(one.Case, one.Seed));
        var (found, looks) = (new Dictionary<FrameCase, Compared>(), cases.ToDictionary(one => one.Case, one => (Twins: new List<Seen> { twins[one.Case] }, Kernels: new List<Seen>())));
        var open = cases.Select(one => one.Case).ToList();
        var clock = Stopwatch.StartNew();
        for (var measured = 1; open.Count > 0; measured++)
        {
            var kernel = OnKernel.Run(open, @case => twins[@case].Sizes, output);
            foreach (var @case in open)
            {
                looks[@case].Kernels.Add(kernel[@case]);
                if (measured > 1)
                    looks[@case].Twins.Add(OnTwin.Run(@case, seeds[@case] + (ulong)measured));
                found[@case] = new([.. Fewest(looks[@case], (twin, seen) => Differences.InWhatIsDone(twin, seen, @case)), .. Fewest(looks[@case], (twin, seen) => Differences.InTime(twin, seen, @case))], kernel[@case]);
                foreach (var (question, silence) in kernel[@case].Silences)
                    output?.WriteLine($"{@case.Name} {@case.Number}, {question}: the kernel {silence}, the twin {twins[@case].Silences.GetValueOrDefault(question)}");
            }
            output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"measured for the {measured}. time {clock.Elapsed.TotalSeconds:0} s after the twins; late by {open.Max(@case => kernel[@case].Late):0.000} s at most"));
            foreach (var @case in open)
                foreach (var difference in found[@case].Differences)
                    output?.WriteLine($"{@case.Name} {@case.Number}, late by {kernel[@case].Late:0.000} s: {difference}");
            open = measured == MostMeasured ? [] : [.. open.Where(@case => found[@case].Differences.Count > 0)];
        }
        return found;
    }

    private static List<string> Fewest((List<Seen> Twins, List<Seen> Kernels) looks, Func<Seen, Seen, IEnumerable<string>> differences) =>
        looks.Twins.SelectMany(twin => looks.Kernels.Select(kernel => differences(twin, kernel).ToList())).MinBy(found => found.Count)!;
}
