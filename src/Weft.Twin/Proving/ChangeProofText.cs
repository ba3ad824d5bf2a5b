// What was proven of a change, for people in a line and for programs.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Proving;

public static class ChangeProofText
{
    public static Line Of(ChangeProof proof)
    {
        var (proven, of) = (Count(proof, true), proof.Proven?.Verdicts.Count ?? 0);
        return Line.Of(of == 0 ? "Nothing is expected of this host, and nothing was proven."
            : FormattableString.Invariant($"Proven before anything is sent: {proven} of {of} expectations{Rest(Count(proof, false), "not met")}{Rest(Count(proof, null), "undecided")}{(proven < of ? " (weft prove tells why)" : "")}."), proof.IsRefused ? Tone.Bad : Tone.Plain);
    }

    /// <summary>Writes `"proof":{"proven","refuted","undecided","before","assumed"}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, ChangeProof proof)
    {
        to.WriteStartObject("proof");
        to.WriteNumber("proven", Count(proof, true));
        to.WriteNumber("refuted", Count(proof, false));
        to.WriteNumber("undecided", Count(proof, null));
        if (proof.Before.Length > 0)
            to.WriteString("before", proof.Before);
        else
            to.WriteNull("before");
        to.WriteStartArray("assumed");
        foreach (var sentence in (proof.Proven?.Assumed ?? []).Distinct(StringComparer.Ordinal))
            to.WriteStringValue(sentence);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static int Count(ChangeProof proof, bool? holds) => proof.Proven?.Verdicts.Count(verdict => verdict.Holds == holds) ?? 0;

    private static string Rest(int count, string what) => count == 0 ? "" : FormattableString.Invariant($", {count} {what}");
}
