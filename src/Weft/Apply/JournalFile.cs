// The journal on disk: one JSON file. One that is damaged, or of a version that this one does not know, is never acted on:
// who reads it says so, and what can be done by hand.

using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>Reads and writes the journal.</summary>
public static class JournalFile
{
    public const string Name = "journal.json";

    /// <summary>The shape of the file. Another one is not guessed at.</summary>
    private const int Version = 1;

    /// <summary>The change that is under way, or why what is there cannot be read; neither where none is.</summary>
    public static (Journal? Journal, string? Wrong) Read(IDisk disk)
    {
        var (text, wrong) = disk.Read(Name);
        if (wrong is not null || text is null)
            return (null, wrong);
        return Parse(text) is { } journal ? (journal, null) : (null, $"{Name} is damaged or of another version");
    }

    /// <summary>Writes it whole. Returns why not, or null.</summary>
    public static string? Write(IDisk disk, Journal journal) => disk.Write(Name, Print(journal));

    public static string Print(Journal journal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer))
        {
            var drawing = journal.Drawing;
            to.WriteStartObject();
            to.WriteNumber("version", Version);
            to.WriteString("since", journal.Name);
            to.WriteString("who", journal.Who);
            to.WriteString("ledger", LedgerFile.Print(drawing.Ledger));
            to.WriteString("next", LedgerFile.Print(Ledger.Empty with { Last = drawing.Next }));
            to.WriteStartObject("before");
            ObservationCode.Write(to, drawing.Now);
            to.WriteEndObject();
            to.WriteStartArray("steps");
            foreach (var step in drawing.Plan.Steps.Where(MayBeForGood))
                to.WriteRawValue(StepCode.Write(step));
            to.WriteEndArray();
            to.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Of a plan the way back asks only what it took away that may not come back.</summary>
    private static bool MayBeForGood(Step step) => step.Verb == Verb.Remove || step.Disturbs.Any(one => one.Kind == Draft.Irreversible);

    /// <summary>What <see cref="Print"/> wrote; null for anything else.</summary>
    public static Journal? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var steps = root.GetProperty("steps").EnumerateArray().Select(step => StepCode.Read(step.GetRawText())).ToImmutableArray();
            return root.GetProperty("version").GetInt32() != Version || steps.Contains(null)
                || LedgerFile.Parse(root.GetProperty("ledger").GetString()!) is not { } ledger || LedgerFile.Parse(root.GetProperty("next").GetString()!) is not { } next ? null
                : new(DateTimeOffset.ParseExact(root.GetProperty("since").GetString()!, "O", CultureInfo.InvariantCulture), root.GetProperty("who").GetString()!,
                    new Drawing(next.Last, ObservationCode.Read(root.GetProperty("before")), ledger, new Drawn(steps!, [])));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
