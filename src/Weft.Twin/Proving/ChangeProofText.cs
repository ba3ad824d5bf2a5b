// What was proven of a change, for people in a line and for programs.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Proving;

public static class ChangeProofText
{
    public static Line Of(ChangeProof proof)
    {
        var (proven, of) = (Count(proof.Proven, true), proof.Proven?.Verdicts.Count ?? 0);
        return Line.Of(of == 0 ? "Nothing is expected of this host, and nothing was proven."
            : FormattableString.Invariant($"Proven before anything is sent: {proven} of {of} expectations{Rest(Count(proof.Proven, false), "not met")}{Rest(Count(proof.Proven, null), "undecided")}{(proven < of ? " (weft prove tells why)" : "")}."), proof.IsRefused ? Tone.Bad : Tone.Plain);
    }

    /// <summary>Writes `"proof":{"proven","refuted","undecided","before":{"proven","refuted","undecided"},"assumed"}`; what was before is null where the host as it is could not be run.</summary>
    public static void WriteJson(Utf8JsonWriter to, ChangeProof proof)
    {
        to.WriteStartObject("proof");
        Write(to, proof.Proven);
        if (proof.Before is { } before)
        {
            to.WriteStartObject("before");
            Write(to, before);
            to.WriteEndObject();
        }
        else
            to.WriteNull("before");
        to.WriteStartArray("assumed");
        foreach (var sentence in (proof.Proven?.Assumed ?? []).Distinct(StringComparer.Ordinal))
            to.WriteStringValue(sentence);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Proven? proven)
    {
        to.WriteNumber("proven", Count(proven, true));
        to.WriteNumber("refuted", Count(proven, false));
        to.WriteNumber("undecided", Count(proven, null));
    }

    private static int Count(Proven? proven, bool? holds) => proven?.Verdicts.Count(verdict => verdict.Holds == holds) ?? 0;

    private static string Rest(int count, string what) => count == 0 ? "" : FormattableString.Invariant($", {count} {what}");
}
