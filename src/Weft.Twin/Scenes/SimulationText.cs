// A simulation as a timeline in prose, and what each network lost.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Scenes;

public static class SimulationText
{
    /// <summary>How often the same may be told.</summary>
    private const int MostAlike = 3;

    public static IEnumerable<Line> Lines(Simulated simulated)
    {
        // What happens over and over, an address that moves with every frame, is one line.
        var same = simulated.Happenings.GroupBy(happened => happened with { AtNs = 0 }).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var happened in simulated.Happenings)
            if (same[happened with { AtNs = 0 }] is var all && (all.Count <= MostAlike || ReferenceEquals(all[0], happened)))
                yield return new([
                    new(FormattableString.Invariant($"{happened.AtNs / 1_000_000_000.0,10:0.000} s  "), Tone.Faint),
                    new($"{(happened.Machine.Length > 0 ? $"{happened.Machine}: " : "")}{happened.Device} ", Tone.Name),
                    new($"{happened.Did}: ", ToneOf(happened.Did)),
                    new(happened.Why),
                    new(all.Count > MostAlike ? FormattableString.Invariant($"; and {all.Count - 1} times more, until {Simulation.Seconds(all[^1].AtNs)}") : "", Tone.Faint),
                ]);
        if (simulated.IsStorm)
            yield break;
        if (simulated.Losses.Count == 0)
            yield return Line.Of("nobody speaks with anybody: the files give no two ends of a network an address");
        foreach (var network in simulated.Losses.GroupBy(loss => loss.Network, StringComparer.Ordinal))
            yield return Summary(network.Key, [.. network]);
        foreach (var mute in simulated.Losses.Where(loss => loss.Sent > 0 && loss.Lost == loss.Sent))
            yield return Line.Of($"{mute.From} had no answer at all; weft trace with --from {mute.From} --to {mute.Target} shows where it is lost", Tone.Faint);
    }

    private static Line Summary(string network, IReadOnlyCollection<Loss> losses)
    {
        var (sent, lost, longest, twice) = (losses.Sum(loss => loss.Sent), losses.Sum(loss => loss.Lost), losses.Max(loss => loss.LongestNs), losses.Sum(loss => loss.Duplicates));
        return new([
            new($"{network}: ", Tone.Name),
            lost == 0 ? new(FormattableString.Invariant($"lost none of {sent} echoes"), Tone.Good)
                : new(FormattableString.Invariant($"lost {lost} of {sent} echoes; the longest silence {Simulation.Span(longest)}"), Tone.Bad),
            new(twice == 0 ? "" : FormattableString.Invariant($"; {twice} {(twice == 1 ? "answer" : "answers")} too many"), Tone.Bad),
        ]);
    }

    internal static Tone ToneOf(string did) => did switch
    {
        "failed" or "lost" or "down" or "storm" or "unbundled" or "lacp-expired" or "lacp-defaulted" or "lacp-loop" or "doubted" => Tone.Bad,
        "repaired" or "up" or "bundled" or "forwarding" => Tone.Good,
        _ => Tone.Plain,
    };

    public static void WriteJson(Utf8JsonWriter to, Simulated simulated, IEnumerable<string> notes)
    {
        to.WriteStartObject();
        to.WriteStartArray("events");
        foreach (var happened in simulated.Happenings)
            WriteJson(to, happened);
        to.WriteEndArray();
        to.WriteStartObject("lost");
        foreach (var network in simulated.Losses.GroupBy(loss => loss.Network, StringComparer.Ordinal))
            to.WriteNumber(network.Key, network.Sum(loss => loss.Lost));
        to.WriteEndObject();
        to.WriteStartArray("conversations");
        foreach (var loss in simulated.Losses)
        {
            to.WriteStartObject();
            to.WriteString("network", loss.Network);
            to.WriteString("from", loss.From);
            to.WriteString("to", loss.To);
            to.WriteString("target", loss.Target.ToString());
            to.WriteNumber("sent", loss.Sent);
            to.WriteNumber("lost", loss.Lost);
            to.WriteNumber("lost_at_end", loss.LostAtEnd);
            to.WriteNumber("duplicates", loss.Duplicates);
            to.WriteNumber("longest_ms", Math.Round(loss.LongestNs / 1_000_000m, 3));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteNumber("end_ms", simulated.EndNs / 1_000_000);
        to.WriteBoolean("storm", simulated.IsStorm);
        WriteNotes(to, notes);
        to.WriteEndObject();
    }

    internal static void WriteJson(Utf8JsonWriter to, SimulatedHappening happened)
    {
        to.WriteStartObject();
        to.WriteNumber("at_ms", Math.Round(happened.AtNs / 1_000_000m, 3));
        to.WriteString("machine", happened.Machine);
        to.WriteString("device", happened.Device);
        to.WriteString("did", happened.Did);
        to.WriteString("why", happened.Why);
        to.WriteEndObject();
    }

    /// <summary>Writes the property `assumed`.</summary>
    internal static void WriteNotes(Utf8JsonWriter to, IEnumerable<string> notes)
    {
        to.WriteStartArray("assumed");
        foreach (var note in notes.Distinct(StringComparer.Ordinal))
            to.WriteStringValue(note);
        to.WriteEndArray();
    }
}
