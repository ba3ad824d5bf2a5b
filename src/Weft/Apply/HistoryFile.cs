// The last changes of this host: who, when, what of the file was another, and how it ended. It is told, and never acted on.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>A change that is over.</summary>
/// <param name="Name">The journal's name of it: when it was begun.</param>
/// <param name="Who">Who began it.</param>
/// <param name="Ended">When it was over.</param>
/// <param name="Outcome">`applied`, `adopted`, `booted`, `rolled_back`, `undo_unfinished` or `lost` (a reboot took it).</param>
/// <param name="Why">What ended it where it did not become final; empty where it did.</param>
/// <param name="Diff">Lines of the file that left (`-`) and came (`+`) against the good file before, with their numbers.</param>
public sealed record PastChange(string Name, string Who, DateTimeOffset Ended, string Outcome, string Why, ImmutableArray<string> Diff)
{
    /// <summary>What was told of it beyond that: what others did meanwhile and an undo left to them, and what of it could not be put back.</summary>
    public ImmutableArray<string> Told { get; init; } = [];

    public DateTimeOffset Began => DateTimeOffset.ParseExact(Name, "O", CultureInfo.InvariantCulture);
}

/// <summary>Reads and writes the last changes.</summary>
public static class HistoryFile
{
    public const string Name = "history.json";

    private const int Version = 1, Most = 100, MostLines = 400, MostTold = 50;

    /// <summary>The last changes, the oldest first; none where the file is missing or damaged, and then why.</summary>
    public static (ImmutableArray<PastChange> Changes, string? Wrong) Read(IDisk disk)
    {
        var (text, wrong) = disk.Read(Name);
        if (text is null)
            return ([], wrong);
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetProperty("version").GetInt32() == Version
                ? ([.. document.RootElement.GetProperty("changes").EnumerateArray().Select(One)], null)
                : ([], $"{disk.PathOf(Name)} is of another version");
        }
        catch (Exception e) when (StepCode.IsMalformed(e))
        {
            return ([], $"{disk.PathOf(Name)} is damaged");
        }
    }

    /// <summary>Adds a change, or says anew how one ended. Returns why not, or null: what cannot be remembered stops nothing.</summary>
    public static string? Add(IDisk disk, PastChange change) => disk.Write(Name, stream =>
    {
        using var to = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        to.WriteStartObject();
        to.WriteNumber("version", Version);
        to.WriteStartArray("changes");
        foreach (var one in Read(disk).Changes.Where(one => one.Name != change.Name).Append(change).TakeLast(Most))
            Write(to, one);
        to.WriteEndArray();
        to.WriteEndObject();
    });

    /// <summary>Writes one change.</summary>
    public static void Write(Utf8JsonWriter to, PastChange change)
    {
        to.WriteStartObject();
        to.WriteString("began", change.Name);
        to.WriteString("ended", change.Ended.ToString("O", CultureInfo.InvariantCulture));
        to.WriteString("who", change.Who);
        to.WriteString("outcome", change.Outcome);
        to.WriteString("why", change.Why);
        to.WriteStartArray("diff");
        foreach (var line in change.Diff)
            to.WriteStringValue(line);
        to.WriteEndArray();
        to.WriteStartArray("told");
        foreach (var sentence in change.Told)
            to.WriteStringValue(sentence);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>What is remembered of findings: the first of them, and that there were more.</summary>
    public static ImmutableArray<string> Sentences(IEnumerable<Finding> findings)
    {
        var all = findings.Select(finding => finding.What).Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= MostTold ? [.. all] : [.. all.Take(MostTold), $"and {all.Count - MostTold} more"];
    }

    /// <summary>What of a file is another: `-12 mtu: 1500`, `+12 mtu: 9000`.</summary>
    public static ImmutableArray<string> Difference(string? before, string after)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var (left, more) = (0, 0);
        var all = InlineDiffBuilder.Instance.BuildDiffModel(before ?? "", after, ignoreWhitespace: false, ignoreCase: false, new DiffPlex.Chunkers.LineChunker()).Lines;
        foreach (var line in all)
        {
            left += line.Type == ChangeType.Inserted ? 0 : 1;
            var sign = line.Type switch { ChangeType.Inserted => "+", ChangeType.Deleted => "-", _ => "" };
            if (sign.Length == 0 || (line.Type == ChangeType.Deleted && before is null))
                continue;
            if (lines.Count < MostLines)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{sign}{(line.Type == ChangeType.Deleted ? left : line.Position ?? 0)} {line.Text}"));
            else
                more++;
        }
        if (more > 0)
            lines.Add($"and {more} lines more");
        return lines.ToImmutable();
    }

    private static PastChange One(JsonElement from) => new(Time(from.Said("began")).ToString("O", CultureInfo.InvariantCulture), from.Said("who"),
        Time(from.Said("ended")), from.Said("outcome"), from.Said("why"),
        [.. from.GetProperty("diff").EnumerateArray().Select(line => line.AsText())])
        { Told = from.TryGetProperty("told", out var told) ? [.. told.EnumerateArray().Select(sentence => sentence.AsText())] : [] };

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
