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
        rows.Select(row => int.Parse(row.Groups["number"].Value, null)).ShouldBe(Enumerable.Range(1, Conditions));
        foreach (var found in rows.Select(row => row.Groups["found"].Value))
        {
            var ids = Id().Matches(found).Select(id => id.Value).ToList();
            if (found.StartsWith("none: ", StringComparison.Ordinal))
                found.Length.ShouldBeGreaterThan(20);
            else
                ids.ShouldNotBeEmpty(found);
            foreach (var page in Page().Matches(found).Select(page => page.Groups["rule"].Value))
                Rules.Find(page).ShouldNotBeNull(page);
            foreach (var own in Own().Matches(found).Select(own => own.Groups["id"].Value))
                CheckGoldenTests.ReadingIds.ShouldContain(own);
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| (?<found>.+) \|$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("[a-z]+(?:-[a-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\(rules/(?<rule>[a-z0-9-]+)\.md\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();

    [GeneratedRegex("`(?<id>[a-z0-9-]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Own();
}
