// Verdicts as they are told: each line of a file by itself, and of what nobody said, those that are alike together.

namespace Weft.Twin.Proving.Reports;

/// <summary>Verdicts that are told as one.</summary>
/// <param name="First">The one that is told.</param>
/// <param name="Alike">The others.</param>
internal sealed record Group(Verdict First, IReadOnlyList<Verdict> Alike)
{
    public string AndAlike => Alike.Count == 0 ? "" : FormattableString.Invariant($", and {Alike.Count} alike");

    /// <summary>How it is called: proven, refuted, undecided.</summary>
    public string Word => Groups.Word(First.Holds);
}

internal static class Groups
{
    public static List<Group> Of(Proven proven) =>
    [
        .. proven.Verdicts.Where(verdict => verdict.Expectation.IsSaid).Select(verdict => new Group(verdict, [])),
        .. proven.Verdicts.Where(verdict => !verdict.Expectation.IsSaid).GroupBy(Key).Select(alike => new Group(alike.First(), [.. alike.Skip(1)])),
    ];

    public static string Word(bool? holds) => holds switch { true => "proven", false => "refuted", null => "undecided" };

    /// <summary>What two have in common that are told as one.</summary>
    private static (string, bool?, string, long, string, string) Key(Verdict verdict) =>
        (verdict.Expectation.Rule, verdict.Holds, verdict.Counter is { } counter ? $"{string.Join(' ', counter.Faults.Select(fault => fault.Kind))} {counter.IsFullSize} {counter.IsStorm}" : "", verdict.WorstNs, verdict.Holds is null ? verdict.Why : "", SurvivalText.Of(verdict));
}
