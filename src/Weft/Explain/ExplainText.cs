// An explanation for people: heading, what the tables say, a paragraph; of a rule its examples, the mistake underlined.

using System.Collections.Immutable;
using System.Text;
using Weft.Check;
using Weft.Show;
using Weft.Text;

namespace Weft.Explain;

/// <summary>Prints explanations.</summary>
public static class ExplainText
{
    private const int Width = 78;
    private const int Labels = 13;

    /// <summary>Every word, by groups.</summary>
    public static ImmutableArray<Line> List() =>
    [
        .. Lexicon.Groups.SelectMany(group => (IEnumerable<Line>)
        [
            Line.Of(group.Title, Tone.Name),
            .. Wrapped(string.Join(", ", group.Entries.Select(entry => entry.Word)), Width - 2).Select(text => Line.Of($"  {text}")),
            Line.Of(""),
        ]),
        Line.Of("weft explain WORD explains one of them; a bond mode by its number too."),
    ];

    /// <summary>What there is to say of a word, one entry after another.</summary>
    public static ImmutableArray<Line> Of(IEnumerable<Entry> entries) =>
        [.. entries.SelectMany((entry, at) => (IEnumerable<Line>)[.. at == 0 ? [] : new[] { Line.Of("") }, .. Of(entry)])];

    private static IEnumerable<Line> Of(Entry entry) => entry switch
    {
        Entry.Option option => [Heading(option.Word, $"of {option.Of}"), .. Paragraph(option.Line.Doc), Line.Of(""), .. Rows(Facts.Of(option.Line)), Line.Of(""), .. Paragraph(option.Prose)],
        Entry.Mode mode => [Heading(mode.Word, "a bond mode"), Line.Of(""), .. Rows(Facts.Of(mode.Choice)), Line.Of(""), .. Paragraph(mode.Prose)],
        Entry.Subject subject => [Heading(subject.Word, "a subject"), Line.Of(""), .. Paragraph(subject.Prose)],
        Entry.Profile profile =>
        [
            Heading(profile.Word, $"a profile of tuning, {profile.Of.Doc}"), Line.Of(""), .. Paragraph(profile.Prose),
            .. profile.Of.All.SelectMany(tuned => (IEnumerable<Line>)[Line.Of(""), new([new($"  {tuned.Line}: {tuned.Value}", Tone.Name)]), .. Wrapped(tuned.Reason, Width - 4).Select(text => Line.Of($"    {text}"))]),
        ],
        Entry.Mistake mistake => OfRule(mistake.Rule),
        _ => [],
    };

    private static IEnumerable<Line> OfRule(Rule rule) =>
    [
        Heading(rule.Id, $"a rule of weft check; its findings are {(rule.Severity switch { Severity.Error => "errors", Severity.Warning => "warnings", _ => "advice" })}"),
        .. Paragraph($"{char.ToUpperInvariant(rule.Why[0])}{rule.Why[1..]}."),
        Line.Of(""),
        Line.Of("  Wrong:", Tone.Faint),
        .. Marked.Of(rule.Bad).SelectMany(line => line.Marks.IsEmpty ? [Line.Of($"    {line.Text}")] : new[] { Line.Of($"    {line.Text}"), Line.Of($"    {line.Underline}", Tone.Bad) }),
        Line.Of(""),
        Line.Of("  Right:", Tone.Faint),
        .. rule.Good.Split('\n').Select(text => Line.Of($"    {text}")),
    ];

    private static Line Heading(string word, string what) => new([new(word, Tone.Name), new($", {what}")]);

    private static IEnumerable<Line> Paragraph(string text) => Wrapped(text, Width - 2).Select(line => Line.Of($"  {line}"));

    private static IEnumerable<Line> Rows(IEnumerable<(string Label, string Text)> facts) =>
        facts.SelectMany(fact => Wrapped(fact.Text, Width - 2 - Labels).Select((text, at) => new Line([new($"  {(at == 0 ? fact.Label : "").PadRight(Labels)}", Tone.Faint), new(text)])));

    /// <summary>Broken between words, so that a terminal does not break them within.</summary>
    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }
}
