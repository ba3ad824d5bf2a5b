// What an expectation survives, in a sentence: of each kind of failure, how many of how many; and the longest outage that one of them costs.

using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

internal static class SurvivalText
{
    /// <returns>Empty where nothing was let fail, or it does not even hold with nothing failing.</returns>
    public static string Of(Verdict verdict)
    {
        if (verdict.Tried.Any(one => one.Faults.Count == 0 && !one.Holds))
            return "";
        var (held, lost) = (new List<string>(), new List<string>());
        foreach (var (count, bad, one, many) in Counted(verdict))
        {
            if (bad == 0)
                held.Add(FormattableString.Invariant($"{(count == 1 ? "the " : count == 2 ? "both " : $"each of {count} ")}{(count == 1 ? one : many)}"));
            else
                lost.Add(FormattableString.Invariant($"{(bad < count ? $"{bad} of {count} " : count == 1 ? "the " : count == 2 ? "either of 2 " : $"any of {count} ")}{(count == 1 ? one : many)}"));
        }
        return held.Count + lost.Count == 0 ? ""
            : $"{(held.Count > 0 ? $"survives {And(held, "and")}" : "")}{(held.Count > 0 && lost.Count > 0 ? "; " : "")}{(lost.Count > 0 ? $"does not survive {And(lost, "or")}" : "")}";
    }

    /// <summary>The longest outage that a failure costs that it survives, and which that is.</summary>
    public static string Longest(Verdict verdict)
    {
        var survived = verdict.Tried.Where(one => one.Holds && one.Faults.Count > 0).ToList();
        if (survived.Count == 0)
            return "";
        var worst = survived.MaxBy(one => one.BoundNs);
        var otherwise = verdict.Tried.Any(one => one.Faults.Count > 0 && !one.Holds) ? "otherwise " : "";
        return worst.BoundNs == 0 ? $"{otherwise}without a loss" : $"{otherwise}silent for {Span(worst.BoundNs)} at most, {When(worst.Faults)}";
    }

    /// <summary>A length of time that is more than nothing.</summary>
    public static string Span(long ns) => ns < VirtualTime.Millisecond ? "under 1 ms" : Simulation.Span(ns);

    public static string When(IReadOnlyList<Fault> faults) => faults.Count == 0 ? "with nothing failing" : string.Join(", then ", faults.Select((fault, at) => $"{(fault.Kind.IsCounted ? "without " : at == 0 ? "with " : "")}{fault.Said}"));

    private static IEnumerable<(int Count, int Bad, string One, string Many)> Counted(Verdict verdict)
    {
        foreach (var kind in FaultKind.All)
            if (Counts(verdict, faults => faults is [var only] && only.Kind == kind) is (> 0 and var count, var bad))
                yield return (count, bad, kind.One, kind.Many);
        if (Counts(verdict, faults => faults.Count > 1) is (> 0 and var pairs, var broken))
            yield return (pairs, broken, "pair of failures", "pairs of failures");
    }

    private static (int Count, int Bad) Counts(Verdict verdict, Func<IReadOnlyList<Fault>, bool> isMeant)
    {
        var all = verdict.Tried.Where(one => isMeant(one.Faults)).GroupBy(one => When(one.Faults), StringComparer.Ordinal).ToList();
        return (all.Count, all.Count(group => group.Any(one => !one.Holds)));
    }

    private static string And(List<string> words, string and) => words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} {and} {words[^1]}";
}
