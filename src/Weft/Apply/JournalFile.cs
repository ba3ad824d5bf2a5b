// The journal on disk: one JSON file. One that is damaged, or of a version that this one does not know, is never acted on:
// who reads it says so, and what can be done by hand.

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
    private const int Version = 2;

    /// <summary>The change that is under way, or why what is there cannot be read; neither where none is.</summary>
    public static (Journal? Journal, string? Wrong) Read(IDisk disk)
    {
        var (text, wrong) = disk.Read(Name);
        if (wrong is not null || text is null)
            return (null, wrong);
        return Parse(text, LedgerFile.Read(disk).Ledger) is { } journal ? (journal, null) : (null, $"the journal {disk.PathOf(Name)} is damaged or of another version");
    }

    /// <summary>Writes it whole. Returns why not, or null.</summary>
    /// <param name="next">The wanted host in print.</param>
    public static string? Write(IDisk disk, Journal journal, HostText next) => disk.Write(Name, to => Write(to, journal, next));

    private static void Write(Stream stream, Journal journal, HostText next)
    {
        using var to = new Utf8JsonWriter(stream);
        var drawing = journal.Drawing;
        to.WriteStartObject();
        to.WriteNumber("version", Version);
        to.WriteString("since", journal.Name);
        to.WriteString("who", journal.Errand.Who);
        to.Text("source", journal.Errand.Source);
        to.WriteNumber("limit_s", journal.Errand.Limit.TotalSeconds);
        if (journal.Errand.Confirm is { } confirm)
            to.WriteNumber("confirm_s", confirm.TotalSeconds);
        if (journal.IsGoingBack)
            to.WriteBoolean("going_back", true);
        to.WriteString("ledger", journal.Before);
        next.Write(to, "next");
        to.WriteStartObject("before");
        ObservationCode.Write(to, drawing.Now);
        to.WriteEndObject();
        to.WriteStartArray("steps");
        foreach (var step in drawing.Plan.Steps.Where(Undo.AsksFor))
            StepCode.Write(to, step);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>The whole text of the file.</summary>
    public static string Print(Journal journal)
    {
        using var stream = new MemoryStream();
        Write(stream, journal, HostText.Of(journal.Drawing.Next));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What <see cref="Print"/> wrote; null for anything else.</summary>
    /// <param name="text">The journal.</param>
    /// <param name="ledger">The ledger that lies beside it: until a change is final it is the one from before.</param>
    public static Journal? Parse(string text, Ledger ledger)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var steps = root.GetProperty("steps").EnumerateArray().Select(StepCode.Read).ToImmutableArray();
            if (root.GetProperty("version").GetInt32() != Version || steps.Contains(null) || HostText.Read(root, "next") is not { } next)
                return null;
            var before = ObservationCode.Read(root.GetProperty("before"));
            var errand = new Errand(root.Said("who"))
            {
                Source = root.Text("source"),
                Limit = TimeSpan.FromSeconds(root.GetProperty("limit_s").GetDouble()),
                Confirm = root.TryGetProperty("confirm_s", out var confirm) ? TimeSpan.FromSeconds(confirm.GetDouble()) : null,
            };
            var journal = new Journal(DateTimeOffset.ParseExact(root.Said("since"), "O", CultureInfo.InvariantCulture), errand,
                new Drawing(next, before, ledger.For(before).Meeting(next, before.Host), new Drawn(steps!, [])));
            return journal with { Before = root.Said("ledger"), IsFinal = ledger.Change == journal.Name, IsGoingBack = root.TryGetProperty("going_back", out var back) && back.GetBoolean() };
        }
        catch (Exception e) when (StepCode.IsMalformed(e))
        {
            return null;
        }
    }
}
