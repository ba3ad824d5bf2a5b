// Who manages a host, and how they let go: for people, as comments below a host file, and as a document for programs. People
// get a few places of each program; programs get all.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints an adoption.</summary>
public static class AdoptionText
{
    private const int PlacesShown = 8;

    public static IEnumerable<Line> Of(Adoption adoption)
    {
        if (adoption.Incumbents.IsEmpty)
        {
            yield return Line.Of("Nobody manages this host's links.");
            yield break;
        }
        yield return Line.Of("Who manages this host now:");
        foreach (var incumbent in adoption.Incumbents)
        {
            yield return new([new("  "), new(incumbent.Name, Tone.Name), new(incumbent.Claims.IsEmpty ? "" : $": {string.Join(", ", incumbent.Links.Take(PlacesShown))}{More(incumbent.Links.Count())}")]);
            foreach (var claim in incumbent.Claims.Take(PlacesShown))
                yield return new([new("    "), new(claim.Link, Tone.Name), new($"  {claim.Words}"), new($"  {claim.Place.File}:{claim.Place.Line}", Tone.Faint)]);
        }
        if (adoption.Release.Acts.IsEmpty)
        {
            yield return Line.Of("They have let go already: nothing is left to do.");
            yield break;
        }
        yield return Line.Of("How they let go:");
        foreach (var act in adoption.Release.Acts.Where(act => act.After?.Kind != EntryKind.Folder))
            yield return Of(act);
        foreach (var incumbent in adoption.Incumbents.Where(incumbent => !incumbent.Acts.IsEmpty))
            yield return Line.Of($"  {incumbent.Heeds}");
    }

    /// <summary>The same as comments of a host file.</summary>
    public static string Comments(Adoption adoption) => string.Concat(Of(adoption).Select(line => $"# {line}\n"));

    private static Line Of(Act act) => new([new($"  {act.Verb,-8}"), new(act.Path, Tone.Name), new($"  {act.Of}: {act.Why}", Tone.Faint)]);

    /// <summary>Writes `{"outcome","file","managers","acts","findings"}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, string outcome, Adoption adoption, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WriteString("outcome", outcome);
        to.WriteString("file", adoption.Text);
        to.WriteStartArray("managers");
        foreach (var incumbent in adoption.Incumbents)
        {
            to.WriteStartObject();
            to.WriteString("name", incumbent.Name);
            to.WriteStartArray("links");
            foreach (var link in incumbent.Links)
                to.WriteStringValue(link);
            to.WriteEndArray();
            to.WriteStartArray("evidence");
            foreach (var claim in incumbent.Claims)
            {
                to.WriteStartObject();
                to.WriteString("link", claim.Link);
                to.WriteString("file", claim.Place.File);
                to.WriteNumber("line", claim.Place.Line);
                to.WriteString("says", claim.Words);
                to.WriteBoolean("running", claim.Running);
                to.WriteEndObject();
            }
            to.WriteEndArray();
            to.WriteString("heeds", incumbent.Heeds);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        WriteActs(to, adoption.Release.Acts);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    /// <summary>Writes `{"outcome","acts","findings"}`, for what is about files alone.</summary>
    public static void WriteJson(Utf8JsonWriter to, string outcome, ImmutableArray<Act> acts, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WriteString("outcome", outcome);
        WriteActs(to, acts);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    private static void WriteActs(Utf8JsonWriter to, ImmutableArray<Act> acts)
    {
        to.WriteStartArray("acts");
        foreach (var act in acts)
        {
            to.WriteStartObject();
            to.WriteString("verb", act.Verb);
            to.WriteString("path", act.Path);
            to.WriteString("of", act.Of);
            to.WriteString("why", act.Why);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static string More(int count) => count > PlacesShown ? $" and {count - PlacesShown} more" : "";
}
