// Findings as people read them and as programs do. Every line of text that came from a file is cleaned on its way out: a
// hostile file must not drive the reader's terminal. JSON escapes by itself and carries the texts as they are.

using System.Text.Json;

namespace Weft.Text;

/// <summary>Prints findings.</summary>
public static class Report
{
    /// <summary>
    /// Writes findings, sorted by place: place, severity, rule and what; the source line with carets; why; mend.
    /// </summary>
    /// <param name="to">Where to.</param>
    /// <param name="findings">In any order.</param>
    /// <param name="sources">The text of a file by its name; null where it is not at hand, and then the line is left out.</param>
    public static void Write(TextWriter to, IEnumerable<Finding> findings, Func<string, Source?> sources)
    {
        foreach (var finding in Sorted(findings))
        {
            var place = finding.Place;
            to.Write($"{Quote.Clean(place.ToString())}{(place.ToString().Length > 0 ? ": " : "")}{Word(finding.Severity)} {finding.Rule}: {Quote.Clean(finding.What)}\n");
            if (place.IsSomewhere && sources(place.File)?.Line(place.Line) is { } line)
            {
                var snippet = Snippet.Of(line, place.Column, place.Length);
                var number = $"{place.Line,4}";
                to.Write($"{number} | {snippet.Line}\n{new string(' ', number.Length)} | {snippet.Carets}\n");
            }
            to.Write($"  why:  {Quote.Clean(finding.Why)}\n  mend: {Quote.Clean(finding.Mend)}\n");
        }
    }

    /// <summary>The same about a single file.</summary>
    public static string Text(IEnumerable<Finding> findings, Source source)
    {
        using var to = new StringWriter();
        Write(to, findings, file => file == source.File ? source : null);
        return to.ToString();
    }

    /// <summary>Writes `{"findings":[{"rule","severity","file","line","column","what","why","mend"}]}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        WriteArray(to, findings);
        to.WriteEndObject();
    }

    /// <summary>Writes the property `findings` alone, for documents that hold more than findings.</summary>
    public static void WriteArray(Utf8JsonWriter to, IEnumerable<Finding> findings)
    {
        to.WriteStartArray("findings");
        foreach (var finding in Sorted(findings))
        {
            to.WriteStartObject();
            to.WriteString("rule", finding.Rule);
            to.WriteString("severity", Word(finding.Severity));
            to.WriteString("file", finding.Place.File ?? "");
            to.WriteNumber("line", finding.Place.Line);
            to.WriteNumber("column", finding.Place.Column);
            to.WriteString("what", finding.What);
            to.WriteString("why", finding.Why);
            to.WriteString("mend", finding.Mend);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "advice",
    };

    /// <summary>By place, then by weight; findings that are equal in both keep their order.</summary>
    public static IEnumerable<Finding> Sorted(IEnumerable<Finding> findings) => findings.OrderBy(finding => finding.Place).ThenBy(finding => finding.Severity);
}
