// A proof in prose: a line for each expectation, with what it survives; of what is refuted, what refutes it and the command that shows it.

using Weft.Show;

namespace Weft.Twin.Proving;

public static class ProofText
{
    public static IEnumerable<Line> Lines(Proven proven)
    {
        foreach (var alike in proven.Verdicts.GroupBy(verdict => (verdict.Expectation.IsSaid ? verdict.Expectation.Text : "", verdict.Holds, verdict.Counter is { } counter ? Kinds(counter) : "", verdict.WorstNs, verdict.Why.Length > 0 && verdict.Holds is null)))
        {
            var (first, others) = (alike.First(), alike.Count() - 1);
            yield return new([
                new(first.Holds switch { true => "proven     ", false => "refuted    ", null => "undecided  " }, first.Holds switch { true => Tone.Good, false => Tone.Bad, null => Tone.Plain }),
                new(first.Expectation.Text, Tone.Name),
                new(others == 0 ? "" : FormattableString.Invariant($", and {others} alike"), Tone.Faint),
                new(first.Holds == true ? Bound(first) : "", Tone.Faint),
            ]);
            if (first.Holds is null)
                yield return Line.Of($"           {first.Why}");
            if (first.Counter is { } counter)
            {
                yield return Line.Of($"           {When(counter.Faults)}: {counter.Said}");
                yield return Line.Of($"           {counter.Command}", Tone.Faint);
            }
            foreach (var weak in first.Tried.Where(one => !one.Holds && first.Holds == true))
                yield return Line.Of($"           not asked for, and lost {When(weak.Faults)}", Tone.Faint);
        }
        yield return Line.Of(FormattableString.Invariant($"{proven.Effort.Asked} questions asked for {proven.Effort.Questions}, in {proven.Effort.Runs} runs"), Tone.Faint);
    }

    private static string Bound(Verdict verdict) =>
        verdict.Tried.All(one => one.Faults.Count == 0) ? "" : verdict.WorstNs == 0 ? ", without a loss" : $", silent for {Scenes.Simulation.Span(verdict.WorstNs)} at most";

    private static string Kinds(CounterExample counter) => string.Join(' ', counter.Faults.Select(fault => fault.Kind)) + counter.IsFullSize;

    public static string When(IReadOnlyList<Fault> faults) => faults.Count == 0 ? "with nothing failing" : $"without {string.Join(", then without ", faults.Select(fault => fault.Said))}";
}
