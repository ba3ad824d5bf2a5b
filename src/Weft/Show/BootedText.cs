// How a start went, in lines for people and as a document for programs.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints starts.</summary>
public static class BootedText
{
    public static ImmutableArray<Line> Of(Booted booted) =>
    [
        .. booted.Settled == Settled.Nothing ? [] : new[] { SettledText.Of(booted.Settled) },
        booted.Good is null ? Line.Of(booted.Settled is Settled.Refused or Settled.Stuck ? "No file was brought up." : "No file was ever applied here: nothing to bring up.") : Line.Of($"{booted.Good.Path}: {OutcomeText.Of(booted.Outcome!)}"),
    ];

    /// <summary>Writes `{"settled","good","outcome","findings"}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, Booted booted)
    {
        to.WriteStartObject();
        to.WriteString("settled", SettledText.Word(booted.Settled));
        to.WriteString("good", booted.Good?.Path);
        to.WriteString("outcome", booted.Outcome is { } outcome ? OutcomeText.Word(outcome.Ending) : null);
        Report.WriteArray(to, booted.Findings);
        to.WriteEndObject();
    }
}
