// A plan for people and for programs: one line a step, who is disturbed under it, and a closing line that sums up.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Apply;
using Weft.Plan;
using Weft.Reach;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints plans.</summary>
public static class PlanText
{
    public const string Nothing = "Nothing to do: the host is as the file says.";

    /// <summary>The steps and the closing line; the one sentence where there are no steps.</summary>
    public static ImmutableArray<Line> Of(Drawn plan) =>
        plan.Steps.IsEmpty ? [Line.Of(Nothing)] : [.. plan.Steps.SelectMany((step, at) => Lines(step, at + 1, plan.Steps.Length)), Summary(plan)];

    /// <summary>The same, and what will be asked before and after, and for how long.</summary>
    public static ImmutableArray<Line> Of(Drawing drawing) => drawing.Plan.IsEmpty ? Of(drawing.Plan) : [.. Of(drawing.Plan), .. ProbeText.Of(Asked(drawing), Patience.Of(drawing.Next, drawing.Now.Host, drawing.Plan.Steps))];

    private static ImmutableArray<Asked> Asked(Drawing drawing) => Probes.Of(drawing.Next, drawing.Now.Host, drawing.Plan.Steps);

    /// <summary>`7 steps: 5 add, 1 set, 1 adopt; disturbs br0, web1`; of very many the first few, for the steps name each.</summary>
    public static Line Summary(Drawn plan)
    {
        var counts = plan.Steps.GroupBy(step => step.Verb).OrderByDescending(verb => verb.Count()).ThenBy(verb => verb.Key)
            .Select(verb => $"{verb.Count()} {verb.Key.ToString().ToLowerInvariant()}");
        var touched = plan.Steps.SelectMany(step => step.Disturbs).Select(disturbance => disturbance.Object).Distinct(StringComparer.Ordinal).ToList();
        var disturbed = touched.Count == 0 ? "" : $"; disturbs {Few(touched)}";
        return Line.Of($"{Steps(plan.Steps.Length)}: {string.Join(", ", counts)}{disturbed}");
    }

    /// <summary>Writes `{"steps":[…],"probes":{…},…,"findings":[…]}`; without `probes` where nothing is sent.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="findings">All findings of the way here, the plan's own among them.</param>
    /// <param name="drawing">What the plan was drawn from; null where there is none.</param>
    /// <param name="further">Writes what other rooms know of this plan.</param>
    public static void WriteJson(Utf8JsonWriter to, Drawn plan, IEnumerable<Finding> findings, Drawing? drawing = null, Action<Utf8JsonWriter>? further = null)
    {
        to.WriteStartObject();
        to.WriteStartArray("steps");
        var order = 0;
        foreach (var step in plan.Steps)
        {
            to.WriteStartObject();
            to.WriteNumber("order", ++order);
            to.WriteString("verb", StepText.Verb(step));
            to.WriteString("object", step.Object);
            StepWords.WriteAttributes(to, step);
            to.WriteNumber("line", step.Place.Line);
            to.WriteStartArray("disturbs");
            foreach (var disturbance in step.Disturbs)
            {
                to.WriteStartObject();
                to.WriteString("object", disturbance.Object);
                to.WriteString("kind", disturbance.Kind);
                if (disturbance.AtMostMs is { } most)
                    to.WriteNumber("at_most_ms", most);
                else
                    to.WriteNull("at_most_ms");
                to.WriteEndObject();
            }
            to.WriteEndArray();
            to.WriteEndObject();
        }
        to.WriteEndArray();
        if (drawing is not null && !plan.IsEmpty)
        {
            to.WritePropertyName("probes");
            ProbeText.WriteJson(to, Asked(drawing), Patience.Of(drawing.Next, drawing.Now.Host, plan.Steps));
        }
        further?.Invoke(to);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    /// <summary>So many names are read on one line.</summary>
    private const int MostNames = 20;

    public static string Few(IReadOnlyList<string> names) => names.Count <= MostNames ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more";

    internal static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";

    private static IEnumerable<Line> Lines(Step step, int number, int of)
    {
        var width = Math.Max(2, of.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        var line = ImmutableArray.CreateBuilder<Bit>();
        line.Add(new($"{number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(width)}  {StepText.Verb(step),-7} ", Tone.Faint));
        line.Add(new(StepText.Object(step), Tone.Name));
        if (StepText.What(step) is { Length: > 0 } what)
            line.Add(new($": {what}"));
        if (StepWords.Where(step) is { Length: > 0 } where)
            line.Add(new($"  {where}", Tone.Faint));
        yield return new(line.ToImmutable());
        foreach (var kind in step.Disturbs.GroupBy(disturbance => (disturbance.Kind, disturbance.AtMostMs)))
            yield return Line.Of($"{new string(' ', width + 10)}{kind.Key.Kind}: {string.Join(", ", kind.Select(disturbance => disturbance.Object))}{ForHowLong(kind.Key.Kind, kind.Key.AtMostMs)}", Tone.Bad);
    }

    private static string ForHowLong(string kind, int? most) =>
        kind != Disturbed.Blink ? ""
        : most is not { } ms ? ", and for how long cannot be known"
        : ms < 1000 ? $" for at most {ms} ms"
        : $" for at most {Math.Ceiling(ms / 100m) / 10:0.0} s";
}
