// The probes of a change for people and for programs: what will be asked, and how long the answers may take. What cannot pass
// before the change is told apart, for it is not asked after.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Reach;

namespace Weft.Show;

/// <summary>Prints probes.</summary>
public static class ProbeText
{
    /// <summary>A line of what is asked and one of the patience; none where nothing is asked.</summary>
    public static ImmutableArray<Line> Of(IReadOnlyList<Asked> probes, Patience patience)
    {
        string[] asked = [.. probes.Where(probe => probe.Before is not null).Select(probe => probe.After.ToString())];
        return asked.Length == 0 ? [] : [Line.Of($"{(asked.Length == 1 ? "1 probe" : $"{asked.Length} probes")}: what passes before must pass after: {PlanText.Few(asked)}"), Line.Of($"probes may take {patience}")];
    }

    /// <summary>One line for each that failed after a change.</summary>
    public static ImmutableArray<Line> Of(IEnumerable<Failed> failed) => [.. failed.Select(one => Line.Of(one.ToString(), Tone.Bad))];

    /// <summary>Writes `{"asked":[…],"at_most_ms":…,"waits":[…]}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, IReadOnlyList<Asked> probes, Patience patience)
    {
        to.WriteStartObject();
        to.WriteStartArray("asked");
        foreach (var asked in probes)
        {
            to.WriteStartObject();
            Members(to, asked.After);
            to.WriteBoolean("possible_before", asked.Before is not null);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteNumber("at_most_ms", (long)patience.Total.TotalMilliseconds);
        to.WriteStartArray("waits");
        foreach (var wait in patience.Waits)
        {
            to.WriteStartObject();
            to.WriteString("what", wait.What);
            if (wait.Link is not null)
                to.WriteString("link", wait.Link);
            to.WriteNumber("ms", (long)wait.Long.TotalMilliseconds);
            to.WriteString("source", wait.Source);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter to, Probe probe)
    {
        to.WriteString("kind", probe.Word);
        if (probe.Address is { } address)
            to.WriteString("address", address.ToString());
        if (probe.Kind == ProbeKind.Tcp)
            to.WriteNumber("port", probe.Port);
        if (probe.Link is { } link)
            to.WriteString("link", link);
        if (probe.Bond is { } bond)
            to.WriteString("bond", bond);
        to.WriteString("text", probe.ToString());
        to.WriteNumber("line", probe.Place.Line);
    }
}
