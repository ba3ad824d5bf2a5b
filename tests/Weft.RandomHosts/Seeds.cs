// Where a run of random tests begins: at WEFT_SEED where it is given, which then is the only one. Else every build throws the same
// hosts, so that a tree is green or is not; WEFT_FRESH=1 and the long run throw new ones. A test may throw others for each tree (WEFT_TREE,
// its hash): fresh with every change, and a tree is green or is not all the same. Every failure prints the seed of its own pair. WEFT_LONG=1
// runs many more pairs, WEFT_PAIRS=n runs that many.

using System.Globalization;

namespace Weft.RandomHosts;

/// <summary>The seeds of a run.</summary>
public static class Seeds
{
    private static readonly bool Given = ulong.TryParse(Environment.GetEnvironmentVariable("WEFT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out given);

    private static readonly ulong given;

    /// <param name="usual">How many.</param>
    /// <param name="many">How many in a long run.</param>
    /// <param name="first">The first of them; null: First.</param>
    public static IEnumerable<ulong> Run(int usual, int many, ulong? first = null)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("WEFT_PAIRS"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told
            : Given ? 1
            : IsSaid("WEFT_LONG") ? many : usual;
        var from = first ?? First;
        for (var seed = from; seed < from + (ulong)count; seed++)
            yield return seed;
    }

    private const int Digits = 12;

    /// <summary>Where a run begins that throws others for each tree, and where none is said, each time; unless one is given.</summary>
    public static ulong Fresh { get; } = Given ? given : (OfTree() ?? (ulong)Random.Shared.NextInt64(1_000_000_000)) * 100_000;

    public static ulong First { get; } = IsSaid("WEFT_LONG") || IsSaid("WEFT_FRESH") || Given ? Fresh : 2_000_000;

    private static ulong? OfTree() => !IsSaid("WEFT_LONG") && !IsSaid("WEFT_FRESH") && Environment.GetEnvironmentVariable("WEFT_TREE") is { Length: >= Digits } tree
        && ulong.TryParse(tree.AsSpan(0, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash % 1_000_000_000 : null;

    private static bool IsSaid(string variable) => Environment.GetEnvironmentVariable(variable) == "1";
}
