// `--force RULE`: the administrator knows better about one rule, this once. What the reader could not understand cannot be
// forced, since there is nothing to go on with.

using Weft.Text;

namespace Weft.Apply;

public static class Force
{
    /// <summary>The findings, with the errors of the forced rules turned into warnings.</summary>
    public static IEnumerable<Finding> Rules(IEnumerable<Finding> findings, IReadOnlyCollection<string> forced) =>
        findings.Select(finding => finding.Severity == Severity.Error && forced.Contains(finding.Rule) ? finding with { Severity = Severity.Warning } : finding);
}
