// Every rule on its own examples: the bad one gives findings of this rule at exactly the marked places and no finding of any
// other; the good one gives none at all.

using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class CheckRuleTests
{
    public static TheoryData<string> RuleIds => [.. Rules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_finds_exactly_the_marked_places_of_its_bad_example(string id)
    {
        var rule = Rules.Find(id)!;
        var (text, marks) = Marked(rule.Bad);
        marks.ShouldNotBeEmpty();
        var findings = Look(text);
        Report.Sorted(findings).Select(finding => (finding.Rule, finding.Place.Line, finding.Place.Column, finding.Place.Length))
            .ShouldBe(marks.Select(mark => (id, mark.Line, mark.Column, mark.Length)), Report.Text(findings, new Source("host.yaml", text)));
        findings.ShouldAllBe(finding => finding.What.Length > 0 && finding.Why.Length > 0 && finding.Mend.Length > 0);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_is_silent_on_its_good_example_and_so_are_all_others(string id)
    {
        var text = Rules.Find(id)!.Good;
        text.ShouldNotContain("[|");
        Report.Text(Look(text), new Source("host.yaml", text)).ShouldBeEmpty();
    }

    [Fact]
    public void Rule_ids_are_unique_words_with_dashes()
    {
        Rules.All.Select(rule => rule.Id).ShouldBeUnique();
        Rules.All.ShouldAllBe(rule => rule.Id.All(letter => letter == '-' || char.IsAsciiLetterLower(letter)));
    }

    [Fact]
    public void The_generated_list_holds_every_rule_file()
    {
        var files = Directory.EnumerateFiles(SpecFiles.PathOf("src", "Weft", "Check", "Rules"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        Rules.All.Select(rule => rule.GetType().Name).Order(StringComparer.Ordinal).ShouldBe(files);
    }

    private static List<Finding> Look(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Findings, .. reading.Host is { } host ? Checker.Look(host) : []];
    }

    /// <summary>The text without its `[|…|]`, and where they were.</summary>
    private static (string Text, List<Place> Marks) Marked(string marked)
    {
        var marks = new List<Place>();
        var lines = marked.Split('\n');
        for (var line = 0; line < lines.Length; line++)
            for (var open = lines[line].IndexOf("[|", StringComparison.Ordinal); open >= 0; open = lines[line].IndexOf("[|", StringComparison.Ordinal))
            {
                var close = lines[line].IndexOf("|]", StringComparison.Ordinal);
                marks.Add(new Place("host.yaml", line + 1, open + 1, close - open - 2));
                lines[line] = lines[line].Remove(close, 2).Remove(open, 2);
            }
        return (string.Join('\n', lines), marks);
    }
}
