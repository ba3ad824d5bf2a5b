// How many findings a file has, in one line.

using Weft.Text;

namespace Weft.Show;

public static class FindingsText
{
    /// <summary>`host.yaml: 2 errors, 1 warning`, or `host.yaml: no findings`.</summary>
    public static Line Count(string file, IReadOnlyCollection<Finding> findings)
    {
        var counts = findings.GroupBy(finding => finding.Severity).OrderBy(group => group.Key).Select(group => Of(group.Count(), group.Key));
        var words = findings.Count == 0 ? "no findings" : string.Join(", ", counts);
        return Line.Of($"{file}: {words}", findings.Any(finding => finding.Severity == Severity.Error) ? Tone.Bad : Tone.Plain);
    }

    /// <summary>Advice has no plural.</summary>
    private static string Of(int count, Severity severity) => $"{count} {Report.Word(severity)}{(count == 1 || severity == Severity.Advice ? "" : "s")}";
}
