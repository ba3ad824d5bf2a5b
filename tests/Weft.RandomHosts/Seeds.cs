// Where a run of random tests begins: at WEFT_SEED where it is given, which then is the only one (or the only ones: 3,17). Else every build throws the same
// hosts, so that a tree is green or is not; WEFT_FRESH=1 and the long run throw new ones. Every failure prints the seed of its own pair. WEFT_LONG=1
// runs many more pairs, WEFT_PAIRS=n runs that many.

using System.Globalization;

namespace Weft.RandomHosts;

/// <summary>The seeds of a run.</summary>
public static class Seeds
{
    private static readonly ulong[] Given = [.. (Environment.GetEnvironmentVariable("WEFT_SEED") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(seed => ulong.Parse(seed, NumberStyles.None, CultureInfo.InvariantCulture))];

    /// <param name="usual">How many.</param>
    /// <param name="many">How many in a long run.</param>
    public static IEnumerable<ulong> Run(int usual, int many)
    {
        var isTold = int.TryParse(Environment.GetEnvironmentVariable("WEFT_PAIRS"), NumberStyles.None, CultureInfo.InvariantCulture, out var told);
        if (Given.Length > 0 && !isTold)
            return Given;
        return Enumerable.Range(0, isTold ? told : IsSaid("WEFT_LONG") ? many : usual).Select(at => First + (ulong)at);
    }

    /// <summary>Where a run begins that throws others each time, unless one is given.</summary>
    private static ulong Fresh { get; } = Given.Length > 0 ? Given[0] : (ulong)Random.Shared.NextInt64(1_000_000_000) * 100_000;

    public static ulong First { get; } = IsSaid("WEFT_LONG") || IsSaid("WEFT_FRESH") || Given.Length > 0 ? Fresh : 2_000_000;

    private static bool IsSaid(string variable) => Environment.GetEnvironmentVariable(variable) == "1";
}
