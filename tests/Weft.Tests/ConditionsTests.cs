// docs/conditions.md: every condition once, and each with rules that there are or with a reason.

using System.Text.RegularExpressions;
using Weft.Check;

namespace Weft.Tests;

public sealed partial class ConditionsTests
{
    private const int Conditions = 106;

    [Fact]
    public void Every_condition_has_its_rules_or_a_reason()
    {
        var rows = File.ReadLines(SpecFiles.PathOf("docs", "conditions.md")).Select(line => Row().Match(line)).Where(row => row.Success).ToList();
        rows.Select(row => int.Parse(row.Groups[1].Value, null)).ShouldBe(Enumerable.Range(1, Conditions));
        foreach (var found in rows.Select(row => row.Groups[2].Value))
        {
            var ids = Id().Matches(found).Select(id => id.Value).ToList();
            if (found.StartsWith("none: ", StringComparison.Ordinal))
                found.Length.ShouldBeGreaterThan(20);
            else
                ids.ShouldNotBeEmpty(found);
            foreach (var page in Page().Matches(found).Select(page => page.Groups[1].Value))
                Rules.Find(page).ShouldNotBeNull(page);
            foreach (var own in Own().Matches(found).Select(own => own.Groups[1].Value))
                CheckGoldenTests.ReadingIds.ShouldContain(own);
        }
    }

    [GeneratedRegex(@"^\| (\d+) \| [^|]+ \| (.+) \|$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("[a-z]+(?:-[a-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\(rules/([a-z0-9-]+)\.md\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();

    [GeneratedRegex("`([a-z0-9-]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Own();
}
