// An explanation for programs: what the tables say as values, under the names that a host file has for them.

using System.Text.Json;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Show;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Explain;

/// <summary>Writes explanations as JSON.</summary>
public static class ExplainJson
{
    /// <summary>Writes `{"groups":[{"title","words"}]}`.</summary>
    public static void WriteList(Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteStartArray("groups");
        foreach (var group in Lexicon.Groups)
        {
            to.WriteStartObject();
            to.WriteString("title", group.Title);
            Words(to, "words", group.Entries.Select(entry => entry.Word));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>Writes `{"entries":[{"word","kind",…}]}`.</summary>
    public static void Write(Utf8JsonWriter to, IEnumerable<Entry> entries)
    {
        to.WriteStartObject();
        to.WriteStartArray("entries");
        foreach (var entry in entries)
        {
            to.WriteStartObject();
            to.WriteString("word", entry.Word);
            Members(to, entry);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter to, Entry entry)
    {
        switch (entry)
        {
            case Entry.Option option:
                to.WriteString("kind", "attribute");
                to.WriteString("of", option.Of);
                Members(to, option.Line);
                to.WriteString("text", option.Prose);
                break;
            case Entry.Mode mode:
                to.WriteString("kind", "mode");
                to.WriteNumber("number", mode.Choice.Number);
                Words(to, "options", Facts.OwnOf(mode.Word));
                Words(to, "refuses", Facts.RefusedIn(mode.Word));
                to.WriteString("text", mode.Prose);
                break;
            case Entry.Subject subject:
                to.WriteString("kind", "subject");
                to.WriteString("text", subject.Prose);
                break;
            case Entry.Profile profile:
                to.WriteString("kind", "profile");
                to.WriteStartArray("values");
                foreach (var tuned in profile.Of.All)
                {
                    to.WriteStartObject();
                    to.WriteString("name", tuned.Line.Name);
                    Json.Property(to, "value", tuned.Value);
                    to.WriteString("reason", tuned.Reason);
                    to.WriteEndObject();
                }
                to.WriteEndArray();
                to.WriteString("text", profile.Prose);
                break;
            case Entry.Mistake mistake:
                to.WriteString("kind", "rule");
                Members(to, mistake.Rule);
                break;
        }
    }

    private static void Members(Utf8JsonWriter to, Attribute line)
    {
        to.WriteString("summary", line.Doc);
        to.WriteString("holds", line.Shape.Wanted);
        if (line.Default(Settings.Empty) is { } usual)
            Json.Property(to, "default", usual);
        if (Defaults.ByMode(line) is { IsEmpty: false } others)
        {
            to.WriteStartObject("default_by_mode");
            foreach (var (value, modes) in others)
                foreach (var mode in modes)
                    Json.Property(to, mode, value);
            to.WriteEndObject();
        }
        to.WriteBoolean("required", line.Required);
        if (!line.Modes.IsEmpty)
        {
            Words(to, "modes", line.Modes);
            to.WriteString("elsewhere", line.RefusedElsewhere ? "refused" : "ignored");
        }
        to.WriteString("change", line.Change switch
        {
            Change.Live => "any_time",
            Change.Down => "down",
            Change.DownWithoutPorts => "down_without_ports",
            Change.WithoutPorts => "without_ports",
            _ => "made_anew",
        });
        if (line.Since.Length > 0)
            to.WriteString("since", line.Since);
        if (line.Option.Length > 0)
            to.WriteString("build_option", line.Option);
        to.WriteString("kernel_name", line.Wire);
    }

    private static void Members(Utf8JsonWriter to, Rule rule)
    {
        to.WriteString("severity", Report.Word(rule.Severity));
        to.WriteString("why", rule.Why);
        var bad = Marked.Of(rule.Bad).ToList();
        to.WriteString("bad", string.Join('\n', bad.Select(line => line.Text)));
        to.WriteStartArray("places");
        foreach (var (at, line) in bad.Index())
            foreach (var mark in line.Marks)
            {
                to.WriteStartObject();
                to.WriteNumber("line", at + 1);
                to.WriteNumber("column", mark.At + 1);
                to.WriteNumber("length", mark.Length);
                to.WriteEndObject();
            }
        to.WriteEndArray();
        to.WriteString("good", rule.Good);
    }

    private static void Words(Utf8JsonWriter to, string name, IEnumerable<string> words)
    {
        to.WriteStartArray(name);
        foreach (var word in words)
            to.WriteStringValue(word);
        to.WriteEndArray();
    }
}
