// Cases on the twin and on the kernel, and where they disagree. A time that differs is measured again, in a lab of fewer cases: three times at
// most, and the best counts. What a frame does is no matter of luck, and is looked at once; but on a processor that comes late a bond that watches by ARP
// gives its port up, and is looked at again too.

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
        var twins = cases.ToDictionary(one => one.Case, one => OnTwin.Run(one.Case, one.Seed));
        var found = new Dictionary<FrameCase, Compared>();
        var open = cases.Select(one => one.Case).ToList();
        for (var measured = 1; open.Count > 0; measured++)
        {
            var kernel = OnKernel.Run(open, @case => twins[@case].Sizes);
            foreach (var @case in open)
            {
                found[@case] = new([.. Differences.InWhatIsDone(twins[@case], kernel[@case], @case), .. Differences.InTime(twins[@case], kernel[@case], @case)], kernel[@case]);
                foreach (var (question, silence) in kernel[@case].Silences)
                    output?.WriteLine($"{@case.Name} {@case.Number}, {question}: the kernel {silence}, the twin {twins[@case].Silences.GetValueOrDefault(question)}");
            }
            open = measured == MostMeasured ? [] : [.. open.Where(@case => found[@case].Differences.Count > 0 && (@case.Chances.HasArp || !Differences.InWhatIsDone(twins[@case], kernel[@case], @case).Any()))];
        }
        return found;
    }
}
