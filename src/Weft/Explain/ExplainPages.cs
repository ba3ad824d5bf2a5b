// The same as pages: a folder of rules, one a page and by subjects, and a folder of attributes, a page a group. They lie under docs/
// as they are printed here; a test compares the two.

using System.Collections.Immutable;
using System.Text;
using Weft.Check;
using Weft.Text;

namespace Weft.Explain;

/// <summary>A page of documentation.</summary>
/// <param name="Path">Below docs/, with slashes.</param>
/// <param name="Text">Markdown.</param>
public sealed record Page(string Path, string Text);

/// <summary>Prints explanations as Markdown.</summary>
public static class ExplainPages
{
    private const string Printed = "<!-- Printed from the source; what is wrong here is wrong there. -->\n\n";

    /// <summary>Every page.</summary>
    public static ImmutableArray<Page> All =>
    [
        new("rules/README.md", RuleIndex()),
        .. Rules.All.Select(rule => new Page($"rules/{rule.Id}.md", OfRule(rule))),
        new("attributes/README.md", AttributeIndex()),
        .. Attributes.Select(group => new Page($"attributes/{FileOf(group)}", OfGroup(group))),
    ];

    private static IEnumerable<Group> Attributes => Lexicon.Groups.Where(group => group.Entries[0] is Entry.Option or Entry.Mode or Entry.Profile);

    private static string RuleIndex()
    {
        var page = new StringBuilder($"{Printed}# Rules\n\nWhat `weft check` looks for in a host file, {Rules.All.Length} rules by subject. `weft explain RULE` prints the same.\nWhat is no error for the kernel's sake, `# weft: allow RULE because …` on the line or above it allows.\n");
        foreach (var subject in Rules.All.GroupBy(rule => rule.Subject, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {Capital(subject.Key)}\n\n| rule | finds | why |\n|---|---|---|\n");
            foreach (var rule in subject.OrderBy(rule => rule.Id, StringComparer.Ordinal))
                page.Append($"| [{rule.Id}]({rule.Id}.md) | {Report.Word(rule.Severity)} | {Cell(rule.Why)} |\n");
        }
        return page.ToString();
    }

    private static string OfRule(Rule rule) =>
        $"{Printed}# {rule.Id}\n\n{Capital(Report.Word(rule.Severity))} · subject: {rule.Subject} · {(rule.MayBeAllowed ? $"`# weft: allow {rule.Id} because …` allows it" : "cannot be allowed")}\n\n{Escaped(Capital(rule.Why))}.\n\n"
        + $"Wrong:\n\n```\n{string.Concat(Marked.Of(rule.Bad).Select(line => line.Marks.IsEmpty ? $"{line.Text}\n" : $"{line.Text}\n{line.Underline}\n"))}```\n\nRight:\n\n```yaml\n{rule.Good}\n```\n";

    private static string AttributeIndex()
    {
        var page = new StringBuilder($"{Printed}# Attributes\n\nEvery key that is an attribute of a link or of the host, as the kernel has it. `weft explain WORD` prints the same.\n\n| what has them | attributes |\n|---|---|\n");
        foreach (var group in Attributes)
            page.Append($"| [{group.Title}]({FileOf(group)}) | {string.Join(", ", group.Entries.Select(entry => $"[{entry.Word}]({FileOf(group)}#{Anchor(entry.Word)})"))} |\n");
        return page.ToString();
    }

    private static string OfGroup(Group group)
    {
        var page = new StringBuilder($"{Printed}# {group.Title}\n");
        foreach (var entry in group.Entries)
        {
            page.Append($"\n## {entry.Word}\n\n");
            switch (entry)
            {
                case Entry.Option option:
                    page.Append($"{Escaped(option.Line.Doc)}\n\n{Rows(Facts.Of(option.Line))}\n{Escaped(option.Prose)}\n");
                    break;
                case Entry.Mode mode:
                    page.Append($"{Rows(Facts.Of(mode.Choice))}\n{Escaped(mode.Prose)}\n");
                    break;
                case Entry.Profile profile:
                    page.Append($"{Escaped(profile.Prose)}\n\n| setting | value | reason |\n|---|---|---|\n{string.Concat(profile.Of.All.Select(tuned => $"| {tuned.Line} | {Cell(tuned.Value.ToString()!)} | {Cell(tuned.Reason)} |\n"))}");
                    break;
            }
        }
        return page.ToString();
    }

    private static string Rows(IEnumerable<(string Label, string Text)> facts) => $"| | |\n|---|---|\n{string.Concat(facts.Select(fact => $"| {fact.Label} | {Cell(fact.Text)} |\n"))}";

    private static string FileOf(Group group) => $"{string.Join('-', group.Title.ToLowerInvariant().Split([' ', ',', '/'], StringSplitOptions.RemoveEmptyEntries))}.md";

    /// <summary>What GitHub and most printers of Markdown make of a heading.</summary>
    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Cell(string text) => Escaped(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Escaped(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
