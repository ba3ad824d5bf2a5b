// Advice in prose: what to change, what holds then, whom it disturbs, and the change itself as a diff.

using Weft.Show;

namespace Weft.Twin.Proving.Advising;

public static class AdviceText
{
    public static IEnumerable<Line> Lines(Advised advised)
    {
        var tried = FormattableString.Invariant($"{advised.Singles} changes were tried{(advised.Pairs > 0 ? $", and {advised.Pairs} pairs of them" : "")}");
        if (advised.Found is not { } found)
        {
            yield return new([new("no advice  ", Tone.Faint), new(advised.Verdict.Expectation.Text, Tone.Name), new($": {tried}{(advised.Cut.Length > 0 ? $" until the search ended ({advised.Cut})" : "")}, and none makes it hold", Tone.Faint)]);
            yield break;
        }
        yield return new([new("advice     ", Tone.Good), new(string.Join("; ", found.Moves), Tone.Name)]);
        yield return Line.Of($"           proven then: {string.Join("; ", found.Mends.GroupBy(one => one.Text).Select(same => same.Key).Take(3))}{(found.Mends.Count > 3 ? FormattableString.Invariant($" and {found.Mends.Count - 3} more") : "")}{(found.Kept > 0 ? FormattableString.Invariant($"; what held holds still ({found.Kept})") : "")}");
        yield return Line.Of($"           disturbs {(found.Disturbs.Count == 0 ? "nothing on a running host" : string.Join("; ", found.Disturbs))}{(found.IsOutside ? "; to be done at the switch or with the cable as well" : "")}");
        foreach (var line in found.Diff.TrimEnd('\n').Split('\n'))
            yield return Line.Of(line.TrimEnd('\r'), line.StartsWith('+') ? Tone.Good : line.StartsWith('-') ? Tone.Bad : Tone.Faint);
    }
}
