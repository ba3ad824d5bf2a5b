// How an apply ended, in one line for people and as a document for programs.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints outcomes.</summary>
public static class OutcomeText
{
    /// <summary>The rooms of a walk, in its order; every one is in the document, entered or not.</summary>
    private static readonly string[] Rooms = ["parse", "check", "observe", "plan", "send", "verify"];

    public static Line Of(Outcome outcome)
    {
        var sent = outcome.Plan.Steps.Count(step => step.Sends);
        return outcome.Ending switch
        {
            Ending.Unchanged => Line.Of(PlanText.Nothing),
            Ending.Adopted => Line.Of($"Adopted {PlanText.Few([.. outcome.Plan.Steps.Select(step => step.Object)])}: the host is as the file says, and nothing was sent."),
            Ending.Applied => Line.Of($"Applied and verified: {PlanText.Summary(outcome.Plan)}.", Tone.Good),
            Ending.Pending => Line.Of(string.Create(CultureInfo.InvariantCulture, $"Applied and verified: {PlanText.Summary(outcome.Plan)}. Undone at {outcome.Deadline:HH:mm:ss} UTC unless weft confirm is run."), Tone.Good),
            Ending.Partial => Line.Of($"Not all of it came up: {PlanText.Summary(outcome.Plan)} planned; the findings say what is missing.", Tone.Bad),
            Ending.Refused => Line.Of("Refused: nothing was sent.", Tone.Bad),
            Ending.RolledBack => Line.Of($"Not done, and undone ({PlanText.Steps(sent)} planned): the host is as it was.", Tone.Bad),
            _ => Line.Of("Not done, and the undo is unfinished: the findings say what is left.", Tone.Bad),
        };
    }

    /// <summary>Where the time went: `parse 3.1 ms, check 0.4 ms, …`.</summary>
    public static Line Of(Timings timings) =>
        Line.Of(string.Join(", ", timings.Spent.Select(spent => string.Create(CultureInfo.InvariantCulture, $"{spent.Room} {spent.Milliseconds:0.0} ms"))), Tone.Faint);

    /// <summary>Writes `{"outcome","steps","deadline","timings_ms",…,"findings"}`.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="findings">All findings of the way here, the outcome's own among them.</param>
    /// <param name="further">Writes what other rooms know of this change.</param>
    public static void WriteJson(Utf8JsonWriter to, Outcome outcome, IEnumerable<Finding> findings, Action<Utf8JsonWriter>? further = null)
    {
        to.WriteStartObject();
        to.WriteString("outcome", Word(outcome.Ending));
        to.WriteNumber("steps", outcome.Plan.Steps.Count(step => step.Sends));
        if (outcome.Deadline is { } deadline)
            to.WriteString("deadline", deadline.UtcDateTime);
        else
            to.WriteNull("deadline");
        to.WriteStartObject("timings_ms");
        foreach (var room in Rooms.Concat(outcome.Timings.Spent.Select(spent => spent.Room)).Distinct(StringComparer.Ordinal))
            to.WriteNumber(room, Math.Round(outcome.Timings.Spent.Where(spent => spent.Room == room).Sum(spent => spent.Milliseconds), 3));
        to.WriteEndObject();
        further?.Invoke(to);
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    /// <summary>An apply that ended before there was a plan.</summary>
    public static Outcome Refused(Timings timings, params ImmutableArray<Finding> why) => new(Ending.Refused, new([], []), why) { Timings = timings };

    internal static string Word(Ending ending) => ending switch
    {
        Ending.Unchanged => "unchanged",
        Ending.Adopted => "adopted",
        Ending.Applied => "applied",
        Ending.Pending => "pending",
        Ending.Partial => "partial",
        Ending.Refused => "refused",
        Ending.RolledBack => "rolled_back",
        _ => "undo_unfinished",
    };
}
