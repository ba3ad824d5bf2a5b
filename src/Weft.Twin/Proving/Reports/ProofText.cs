// A proof in prose: the files' expectations, then what nobody needs to say, each with what it survives; of what is refuted, the run that shows it and its command;
// of what is undecided, why; at the end what all rests on, and the sum.

using Weft.Show;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

public static class ProofText
{
    internal const string BothSizes = "every question is asked with small frames, and with frames as large as the sender's link allows";

    private const string Indent = "           ";

    /// <param name="proven">What is told.</param>
    /// <param name="isBrief">Only what is refuted, and the sum.</param>
    public static IEnumerable<Line> Lines(Proven proven, bool isBrief = false)
    {
        var groups = Groups.Of(proven);
        foreach (var (title, isSaid) in new[] { ("Expectations of the files", true), ("What nobody needs to say", false) })
        {
            var own = groups.FindAll(group => group.First.Expectation.IsSaid == isSaid && (!isBrief || group.First.Holds == false));
            if (own.Count > 0 && !isBrief)
                yield return Line.Of(title, Tone.Faint);
            foreach (var line in own.SelectMany(Of))
                yield return line;
        }
        if (proven.Verdicts.Count == 0)
            yield return Line.Of("Nothing is asked: no line of `expect`, no guest and no host whose gateway the files tell, by `gateway` or by an address of a switch");
        else if (!isBrief)
            foreach (var line in Rest(proven))
                yield return line;
        yield return Sum(proven);
    }

    private static IEnumerable<Line> Of(Group group)
    {
        var first = group.First;
        yield return new([
            new($"{group.Word,-11}", first.Holds switch { true => Tone.Good, false => Tone.Bad, null => Tone.Plain }),
            new(first.Expectation.Text, Tone.Name),
            new(group.AndAlike, Tone.Faint),
        ]);
        if (first.Counter is { } counter)
            yield return new([new($"{Indent}{SurvivalText.When(counter.Faults)}: "), new(counter.Said, Tone.Bad)]);
        var longest = SurvivalText.Longest(first);
        if (SurvivalText.Of(first) is { Length: > 0 } survives)
            yield return Line.Of($"{Indent}{survives}{(longest.Length > 0 ? $"; {longest}" : "")}", Tone.Faint);
        if (first.Holds is null)
            yield return Line.Of($"{Indent}{first.Why}");
        if (first.Counter is { } shown)
            foreach (var line in Replay(shown))
                yield return line;
    }

    private static IEnumerable<Line> Replay(CounterExample counter)
    {
        var (told, more) = Timeline.Of(counter);
        foreach (var happened in told)
            yield return new([
                new(FormattableString.Invariant($"{Indent}{happened.AtNs / 1_000_000_000.0,8:0.000} s  "), Tone.Faint),
                new($"{Timeline.Who(happened)} ", Tone.Name),
                new($"{happened.Did}: ", SimulationText.ToneOf(happened.Did)),
                new(happened.Why),
            ]);
        if (more > 0)
            yield return Line.Of(FormattableString.Invariant($"{Indent}{"",8}    and {more} more"), Tone.Faint);
        yield return Line.Of($"{Indent}{counter.Command}");
        if (!counter.IsShown)
            yield return Line.Of($"{Indent}(this run does not show it: it hangs on chance)", Tone.Faint);
    }

    private static IEnumerable<Line> Rest(Proven proven)
    {
        yield return Line.Of("What this rests on", Tone.Faint);
        yield return Line.Of($"  {BothSizes}");
        foreach (var note in proven.Assumed.Distinct(StringComparer.Ordinal))
            yield return Line.Of($"  {note}");
    }

    private static Line Sum(Proven proven)
    {
        int Of(bool? holds) => proven.Verdicts.Count(verdict => verdict.Holds == holds);
        var (good, bad, open) = (Of(true), Of(false), Of(null));
        return new([
            new(FormattableString.Invariant($"{good} proven"), good > 0 ? Tone.Good : Tone.Plain),
            new(FormattableString.Invariant($", {bad} refuted"), bad > 0 ? Tone.Bad : Tone.Plain),
            new(FormattableString.Invariant($", {open} undecided")),
            new(FormattableString.Invariant($"; {proven.Effort.Asked} {(proven.Effort.Asked == 1 ? "question stands" : "questions stand")} for {proven.Effort.Questions}, in {proven.Effort.Runs} {(proven.Effort.Runs == 1 ? "run" : "runs")}"), Tone.Faint),
        ]);
    }
}
