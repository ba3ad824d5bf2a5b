// What a proof has to say about the files, as findings: what is refuted, and what asks nobody. What nobody said weighs less, unless it does not even hold with
// nothing failing.

using System.Collections.Immutable;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

public static class ProofFindings
{
    public static ImmutableArray<Finding> Of(Proven proven) => [.. Groups.Of(proven).Select(Of).OfType<Finding>()];

    private static Finding? Of(Group group)
    {
        var (verdict, expected) = (group.First, group.First.Expectation);
        if (verdict.Counter is { } counter)
            return new(expected.Rule, expected.IsSaid || counter.Faults.Count == 0 ? Severity.Error : Severity.Warning, expected.Place,
                $"{expected.Text}{group.AndAlike}: that does not hold {SurvivalText.When(counter.Faults)}", $"{counter.Said}{Noticed(counter)}", $"see it with {counter.Command}");
        return verdict.Holds is not null || !expected.IsSaid ? null
            : expected is { Questions.Count: 0, Mute.Why.Length: > 0 } ? Finding.Error(Rules.Mute, expected.Place, $"{expected.Text} asks nobody", expected.Mute.Why, expected.Mute.Mend)
            : Finding.Warning(Rules.Undecided, expected.Place, $"{expected.Text} is neither proven nor refuted", verdict.Why, expected.Mute.Mend.Length > 0 ? expected.Mute.Mend
                : verdict.IsChance || expected.WithinMs is not null ? "take from the file what is left to chance, or allow for it" : "try it on a real kernel, with weft lab run");
    }

    /// <summary>What the run says of it: the last that was noticed, or that nobody noticed anything.</summary>
    private static string Noticed(CounterExample counter)
    {
        if (counter.Faults.Count == 0 || !counter.IsShown)
            return "";
        var last = Timeline.Of(counter).Told.LastOrDefault(happened => happened.Machine.Length > 0);
        return last is null ? "; and no bond, bridge or neighbour noticed anything" : $"; the last that anybody noticed: {Timeline.Who(last)} {last.Did}, {last.Why} (at {Simulation.Seconds(last.AtNs)})";
    }
}
