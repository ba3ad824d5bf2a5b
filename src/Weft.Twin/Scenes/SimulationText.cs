// A simulation as a timeline in prose, and what each network lost.

using System.Text.Json;

namespace Weft.Twin.Scenes;

public static class SimulationText
{
    /// <summary>How often the same may be told.</summary>
    private const int MostAlike = 3;

    public static IEnumerable<string> Lines(Simulated simulated)
    {
        // What happens over and over, an address that moves with every frame, is one line.
        var same = simulated.Events.GroupBy(happened => happened with { AtNs = 0 }).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var happened in simulated.Events)
            if (same[happened with { AtNs = 0 }] is var all && (all.Count <= MostAlike || ReferenceEquals(all[0], happened)))
                yield return FormattableString.Invariant($"{happened.AtNs / 1_000_000_000.0,10:0.000} s  {(happened.Machine.Length > 0 ? $"{happened.Machine}: " : "")}{happened.Device} {happened.Did}: {happened.Why}")
                    + (all.Count > MostAlike ? FormattableString.Invariant($"; and {all.Count - 1} times more, until {Simulation.Seconds(all[^1].AtNs)}") : "");
        if (simulated.Losses.Count == 0)
        {
            yield return "nobody speaks with anybody: the file gives no two ends of a network an address";
            yield break;
        }
        foreach (var network in simulated.Losses.GroupBy(loss => loss.Network, StringComparer.Ordinal))
        {
            var (sent, lost, longest) = (network.Sum(loss => loss.Sent), network.Sum(loss => loss.Lost), network.Max(loss => loss.LongestNs));
            var duplicates = network.Sum(loss => loss.Duplicates);
            yield return $"{network.Key}: " + (lost == 0 ? $"lost none of {sent} echoes" : $"lost {lost} of {sent} echoes, the longest silence {Simulation.Seconds(longest)}") + (duplicates > 0 ? $"; {duplicates} answers came twice" : "");
        }
    }

    public static void WriteJson(Utf8JsonWriter to, Simulated simulated, IEnumerable<string> notes)
    {
        to.WriteStartObject();
        to.WriteStartArray("events");
        foreach (var happened in simulated.Events)
        {
            to.WriteStartObject();
            to.WriteNumber("at_ms", Math.Round(happened.AtNs / 1_000_000m, 3));
            to.WriteString("machine", happened.Machine);
            to.WriteString("device", happened.Device);
            to.WriteString("did", happened.Did);
            to.WriteString("why", happened.Why);
            to.WriteEndObject();
        }
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
            to.WriteNumber("sent", loss.Sent);
            to.WriteNumber("lost", loss.Lost);
            to.WriteNumber("duplicates", loss.Duplicates);
            to.WriteNumber("longest_ms", Math.Round(loss.LongestNs / 1_000_000m, 3));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteNumber("end_ms", simulated.EndNs / 1_000_000);
        to.WriteBoolean("storm", simulated.IsStorm);
        to.WriteStartArray("assumed");
        foreach (var note in notes)
            to.WriteStringValue(note);
        to.WriteEndArray();
        to.WriteEndObject();
    }
}
