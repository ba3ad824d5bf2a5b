// The last changes for people and for programs: one line a change, what it changed in the file under it.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints the history.</summary>
public static class HistoryText
{
    public static ImmutableArray<Line> Of(PastChange change, bool diff) =>
    [
        new([new($"{Time(change.Began)}  ", Tone.Faint), new($"{change.Who,-12} "), new(Ending(change), change.Outcome is "applied" or "adopted" or "booted" ? Tone.Good : Tone.Bad), new(Size(change), Tone.Faint)]),
        .. change.Told.Select(sentence => Line.Of($"  {Quote.Clean(sentence)}", Tone.Faint)),
        .. diff ? change.Diff.Select(line => Line.Of($"  {line}", line.StartsWith('-') ? Tone.Bad : Tone.Good)) : [],
    ];

    /// <summary>`applied`, `rolled back: nobody said within 10 s that it is good`.</summary>
    public static string Ending(PastChange change) =>
        (change.Outcome switch { "rolled_back" => "rolled back", "undo_unfinished" => "the undo is unfinished", var word => Quote.Clean(word) }) + (change.Why.Length > 0 ? $": {Quote.Clean(change.Why)}" : "");

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Writes `{"changes":[{"began","ended","who","outcome","why","diff","told"}]}`, the oldest first.</summary>
    public static void WriteJson(Utf8JsonWriter to, IEnumerable<PastChange> changes)
    {
        to.WriteStartObject();
        to.WriteStartArray("changes");
        foreach (var change in changes)
            HistoryFile.Write(to, change);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static string Size(PastChange change) =>
        change.Diff.IsEmpty ? "" : $" (+{change.Diff.Count(line => line.StartsWith('+'))} -{change.Diff.Count(line => line.StartsWith('-'))} lines)";
}
