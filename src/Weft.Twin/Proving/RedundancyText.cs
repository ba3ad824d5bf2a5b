// What a change does to redundancy, for people and for programs: networks that fare alike share a line.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Proving;

public static class RedundancyText
{
    public static IEnumerable<Line> Lines(Redundancies? all)
    {
        if (all is null)
            yield break;
        if (all.Unjudged.Length > 0)
            yield return Line.Of($"redundancy before and after is not compared: {all.Unjudged}", Tone.Faint);
        foreach (var alike in all.Changed.GroupBy(one => (one.Before, one.After)))
            yield return new([
                new(PlanText.Few([.. alike.Select(one => one.Network)]), Tone.Name),
                new($": {Said(alike.Key.Before)} → "),
                new(Said(alike.Key.After), alike.Key.After is Survival.Undecided ? Tone.Plain : alike.Key.After < alike.Key.Before ? Tone.Bad : Tone.Good),
            ]);
    }

    /// <summary>Writes `"redundancy":[{"network","before","after"}]`; null where it was not compared.</summary>
    public static void WriteJson(Utf8JsonWriter to, Redundancies? all)
    {
        if (all is null)
            return;
        if (all.Unjudged.Length > 0)
        {
            to.WriteNull("redundancy");
            return;
        }
        to.WriteStartArray("redundancy");
        foreach (var one in all.Changed)
        {
            to.WriteStartObject();
            to.WriteString("network", one.Network);
            to.WriteString("before", Word(one.Before));
            to.WriteString("after", Word(one.After));
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static string Said(Survival survival) => survival switch
    {
        Survival.AnyOne => "survives any one failure",
        Survival.None => "survives none",
        Survival.Broken => "does not work even with nothing failing",
        _ => "undecided",
    };

    /// <summary>What a file says after `survives` where it can say it; null for what is undecided.</summary>
    private static string? Word(Survival survival) => survival switch
    {
        Survival.AnyOne => "any-one",
        Survival.None => "none",
        Survival.Broken => "broken",
        _ => null,
    };
}
