// The law: a host to which file A and then file B were applied ends as a bare host to which B alone was applied; then there
// is nothing left to do; and the kernel refused nothing on the way. Any kernel will do: two are made for a trial.

using System.Text.RegularExpressions;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.RandomHosts;

/// <summary>Why a pair breaks the law.</summary>
public sealed partial record Breach(string What, IReadOnlyList<string> Details)
{
    /// <summary>What two breaches that probably have one cause have in common: words, without names and numbers.</summary>
    public string Kind => Letters().Replace($"{What} {(Details.Count > 0 ? Details[0] : "")}", "");

    [GeneratedRegex("[a-z]*[0-9][^ ]*|\\(.*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();

    public override string ToString() => Details.Count == 0 ? What : $"{What}\n  {string.Join("\n  ", Details)}";
}

public static class Law
{
    /// <param name="pair">From and to.</param>
    /// <param name="bare">Makes a bare host with the NICs of every random host.</param>
    /// <param name="seen">Told of every plan: from what to what, and the steps.</param>
    public static Breach? Broken(Pair pair, Func<IKernel> bare, Action<Drawing>? seen = null) =>
        Broken(RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!, bare, seen);

    /// <summary>The same of two hosts that nobody threw.</summary>
    public static Breach? Broken(Host from, Host to, Func<IKernel> bare, Action<Drawing>? seen = null)
    {
        try
        {
            return BrokenOrThrown(from, to, bare, seen);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What is thrown is our own defect, and the smallest pair that throws it is what its finder needs.
            return new($"thrown: {e.GetType().Name}: {e.Message}", [e.StackTrace ?? ""]);
        }
    }

    private static Breach? BrokenOrThrown(Host from, Host to, Func<IKernel> bare, Action<Drawing>? seen)
    {
        var (walked, straight) = (bare(), bare());
        var known = Known(walked.Observe(), from, to);
        var (first, ledger) = Apply(from, walked, Ledger.Empty, seen);
        if (first is not null)
            return first with { What = $"A on a bare host: {first.What}" };
        var (second, after) = Apply(to, walked, ledger, seen);
        if (second is not null)
            return second with { What = $"B after A: {second.What}" };
        var (alone, _) = Apply(to, straight, Ledger.Empty, null);
        if (alone is not null)
            return alone with { What = $"B on a bare host: {alone.What}" };
        var difference = Facts.Difference(Facts.Of(straight.Observe(Inquiry.Everything), known, to), Facts.Of(walked.Observe(Inquiry.Everything), known, to));
        if (difference.Count > 0)
            return new("B after A ends otherwise (+) than B on a bare host (-)", difference);
        var again = Walk.Plan(to, walked, after, new Timings()).Plan.Steps;
        return again.IsEmpty ? null : new("B after A leaves something to do", [.. again.Select(StepText.Of)]);
    }

    /// <summary>The MACs that somebody named.</summary>
    public static HashSet<string> Known(Observation bare, params IEnumerable<Host> files) =>
        bare.Host.Links.Concat(files.SelectMany(file => file.Links)).Select(link => link.Settings.Word(Weft.Model.Attributes.Table.Mac)).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private static (Breach? Breach, Ledger Ledger) Apply(Host file, IKernel kernel, Ledger ledger, Action<Drawing>? seen)
    {
        var drawing = Walk.Plan(file, kernel, ledger, new Timings());
        seen?.Invoke(drawing);
        var (outcome, after) = Carried.Out(drawing, kernel, new Timings());
        var done = outcome.Ending is Ending.Applied or Ending.Adopted or Ending.Unchanged;
        return (done ? null : new(outcome.Ending.ToString(),
            [.. outcome.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{finding.Rule}: {finding.What}"), "the plan:", .. drawing.Plan.Steps.Select(StepText.Of)]), after);
    }
}
