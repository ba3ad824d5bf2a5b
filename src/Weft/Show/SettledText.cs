// What became of a change that a process left, in one line for people and as a document for programs.

using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints how a change was settled.</summary>
public static class SettledText
{
    public static Line Of(Settled settled) => settled switch
    {
        Settled.Nothing => Line.Of("Nothing to undo: every change is finished."),
        Settled.Final => Line.Of("Nothing to undo: the change is final, and only its records were left to be written."),
        Settled.History => Line.Of("Nothing to undo: the change was of an earlier boot, and nothing of it is in this kernel."),
        Settled.Undone => Line.Of("Undone: the host is as it was before the change.", Tone.Good),
        Settled.Stuck => Line.Of("The undo is unfinished: the findings say what is left.", Tone.Bad),
        Settled.Unreadable => Line.Of("The journal cannot be read, and was put aside.", Tone.Bad),
        _ => Line.Of("Nothing was done: the findings say why.", Tone.Bad),
    };

    /// <summary>Writes `{"outcome","told","findings"}`.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="settled">What became of it.</param>
    /// <param name="told">What another process, which undid it, wrote down of that (<see cref="PastChange.Told"/>).</param>
    /// <param name="findings">What this one found.</param>
    public static void WriteJson(Utf8JsonWriter to, Settled settled, IEnumerable<string> told, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WriteString("outcome", Word(settled));
        to.WriteStartArray("told");
        foreach (var sentence in told)
            to.WriteStringValue(sentence);
        to.WriteEndArray();
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    internal static string Word(Settled settled) => settled switch
    {
        Settled.Nothing => "nothing",
        Settled.Final => "final",
        Settled.History => "history",
        Settled.Undone => "rolled_back",
        Settled.Stuck => "undo_unfinished",
        Settled.Unreadable => "journal_unreadable",
        _ => "refused",
    };
}
