// Where a host stands with its changes, for people and for programs: what is under way, what was last, what is good.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Show;

/// <summary>What is known of a host's changes.</summary>
public sealed record HostState
{
    /// <summary>The change that is being made; null where none is.</summary>
    public Underway? Underway { get; init; }

    /// <summary>The process that makes it.</summary>
    public int? Worker { get; init; }

    /// <summary>Who asks may not read what was applied here: that nothing is told of it does not say that there is nothing.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The last change that is over.</summary>
    public PastChange? Last { get; init; }

    /// <summary>Where the last good file is.</summary>
    public string? Good { get; init; }

    /// <summary>In how many places the host differs from it; null where nobody looked.</summary>
    public int? Drift { get; init; }

    /// <summary>The good file is still in the journal alone, where nobody can name it to a command.</summary>
    public bool IsInJournal => System.IO.Path.GetFileName(Good) == JournalFile.Name;
}

/// <summary>Prints it.</summary>
public static class StatusText
{
    private const string Hidden = "root alone may read that";

    public static ImmutableArray<Line> Of(HostState state, TimeProvider clock) =>
    [
        Line.Of($"change  {Change(state, clock)}", state.Worker is null ? Tone.Plain : Tone.Name),
        Line.Of($"last    {(state.Last is { } last ? $"{HistoryText.Ending(last)}, by {last.Who}, {HistoryText.Time(last.Began)}" : state.IsHidden ? Hidden : "none on record")}"),
        Line.Of($"good    {state.Good ?? (state.IsHidden ? Hidden : "no file was applied here yet")}"),
        Line.Of($"drift   {(state.Drift switch { null => "not looked at", 0 => "none: the host is as that file says", 1 => "1 difference", var many => $"{many} differences" })}{(state.Drift > 0 && !state.IsInJournal ? $"; weft diff {state.Good}" : "")}", state.Drift > 0 ? Tone.Bad : Tone.Plain),
    ];

    /// <summary>Writes `{"change":{"phase","left_ms","name"},"worker","last":{…},"good","drift","findings"}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, HostState state, TimeProvider clock, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WritePropertyName("change");
        if (state.Underway is { } underway)
        {
            to.WriteStartObject();
            to.WriteString("phase", underway.Phase.ToString().ToLowerInvariant());
            to.WriteString("name", underway.Change);
            if (underway.Left(clock) is { } left)
                to.WriteNumber("left_ms", (long)left.TotalMilliseconds);
            else
                to.WriteNull("left_ms");
            to.WriteEndObject();
        }
        else
            to.WriteNullValue();
        if (state.Worker is { } worker)
            to.WriteNumber("worker", worker);
        else
            to.WriteNull("worker");
        to.WritePropertyName("last");
        if (state.Last is { } last)
            HistoryFile.Write(to, last);
        else
            to.WriteNullValue();
        to.WriteString("good", state.Good);
        if (state.Drift is { } drift)
            to.WriteNumber("drift", drift);
        else
            to.WriteNull("drift");
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    /// <summary>`waits for weft confirm, 43 s left (process 1234)`.</summary>
    public static string Change(HostState state, TimeProvider clock) => state.Worker is not { } worker ? "none under way" : $"{Doing(state.Underway, clock)} (process {worker})";

    public static string Doing(Underway? underway, TimeProvider clock) => underway?.Phase switch
    {
        Phase.Waiting => string.Create(CultureInfo.InvariantCulture, $"waits for weft confirm, {Math.Ceiling(underway.Left(clock)!.Value.TotalSeconds)} s left"),
        Phase.Probing => "waits for its probes",
        Phase.Undoing => "is being undone",
        _ => "is being made",
    };
}
