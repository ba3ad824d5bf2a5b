// A trace as people read it: the way there and back, a line a hop, and what came of it. Of an echo that was answered only its way is told, and of
// one that was not every hop, but not what repeated itself when an address was asked for again.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Scenes;

public static class TraceText
{
    /// <param name="all">Tell every hop.</param>
    public static IEnumerable<Line> Lines(Traced traced, bool all)
    {
        var (way, again) = (traced.Way.ToHashSet(), Again(traced));
        var shown = all ? [.. traced.Hops] : traced.Hops.Where(hop => traced.IsDelivered ? way.Contains(hop.Number) : !again.Contains(hop.Number)).ToList();
        var (machines, devices) = (shown.Max(hop => hop.Machine.Length), shown.Max(hop => hop.Device.Length));
        foreach (var hop in shown)
            yield return new([
                new(FormattableString.Invariant($"{hop.AtNs / 1_000_000.0,10:0.000} ms  "), Tone.Faint),
                new($"{hop.Machine.PadRight(machines)}  {hop.Device.PadRight(devices)}  ", Tone.Name),
                new($"{hop.Did}: ", ToneOf(hop.Did)),
                new(hop.Why),
            ]);
        if (traced.Hops.Length - shown.Count is > 0 and var hidden)
            yield return Line.Of($"{hidden} more {(hidden == 1 ? "hop" : "hops")} {(traced.IsDelivered ? "of copies that went elsewhere" : "since the address was asked for again")}: --all shows them", Tone.Faint);
        yield return traced switch
        {
            { IsDelivered: true } => Line.Of("delivered, and answered", Tone.Good),
            { HasArrived: true } => Line.Of("not answered: the echo arrived, and its answer did not", Tone.Bad),
            _ => Line.Of("not answered: the echo did not arrive", Tone.Bad),
        };
    }

    /// <summary>The hops that follow from a question that was asked before in the same words.</summary>
    private static HashSet<int> Again(Traced traced)
    {
        var (asked, again) = (new HashSet<(string, string, string)>(), new HashSet<int>());
        foreach (var hop in traced.Hops)
            if (again.Contains(hop.Before) || (hop.Did == "asked" && !asked.Add((hop.Machine, hop.Device, hop.Why))))
                again.Add(hop.Number);
        return again;
    }

    private static Tone ToneOf(string did) => did switch
    {
        "dropped" or "ignored" or "refused" or "unanswered" or "doubted" => Tone.Bad,
        "answered" or "arrived" => Tone.Good,
        _ => Tone.Plain,
    };

    public static void WriteJson(Utf8JsonWriter to, Traced traced, IEnumerable<string> notes)
    {
        var way = traced.Way.ToHashSet();
        to.WriteStartObject();
        to.WriteStartArray("hops");
        foreach (var hop in traced.Hops)
        {
            to.WriteStartObject();
            to.WriteNumber("number", hop.Number);
            to.WriteNumber("before", hop.Before);
            to.WriteNumber("at_ns", hop.AtNs);
            to.WriteString("machine", hop.Machine);
            to.WriteString("device", hop.Device);
            to.WriteString("did", hop.Did);
            to.WriteString("why", hop.Why);
            to.WriteBoolean("on_way", way.Contains(hop.Number));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteString("target", traced.Target.ToString());
        to.WriteBoolean("arrived", traced.HasArrived);
        to.WriteBoolean("delivered", traced.IsDelivered);
        SimulationText.WriteNotes(to, notes);
        to.WriteEndObject();
    }
}
