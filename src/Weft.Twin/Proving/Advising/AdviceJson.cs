// Advice for programs: for each refuted expectation that was looked at what changes, as the diff that a patch takes, or how much was tried in vain.

using System.Text.Json;

namespace Weft.Twin.Proving.Advising;

public static class AdviceJson
{
    /// <summary>Writes `"advice":[{"text","tried":{"changes","pairs","cut"},"found"}]`; null where nobody looked for any.</summary>
    public static void Write(Utf8JsonWriter to, IReadOnlyList<Advised>? all)
    {
        if (all is null)
        {
            to.WriteNull("advice");
            return;
        }
        to.WriteStartArray("advice");
        foreach (var advised in all)
        {
            to.WriteStartObject();
            to.WriteString("text", advised.Verdict.Expectation.Text);
            to.WriteStartObject("tried");
            to.WriteNumber("changes", advised.Singles);
            to.WriteNumber("pairs", advised.Pairs);
            to.WriteString("cut", advised.Cut);
            to.WriteEndObject();
            if (advised.Found is { } found)
                Write(to, found);
            else
                to.WriteNull("found");
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter to, Advice found)
    {
        to.WriteStartObject("found");
        Write(to, "moves", found.Moves);
        Write(to, "mends", found.Mends.Select(one => one.Text).Distinct(StringComparer.Ordinal));
        to.WriteNumber("kept", found.Kept);
        Write(to, "disturbs", found.Disturbs);
        to.WriteBoolean("outside", found.IsOutside);
        to.WriteNumber("lines", found.Lines);
        to.WriteString("diff", found.Diff);
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, string name, IEnumerable<string> words)
    {
        to.WriteStartArray(name);
        foreach (var word in words)
            to.WriteStringValue(word);
        to.WriteEndArray();
    }
}
