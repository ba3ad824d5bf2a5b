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
        Settled.Final => Line.Of("Nothing to undo: the change was finished; only its journal was left."),
        Settled.History => Line.Of("Nothing to undo: the change was of an earlier boot, and nothing of it is in this kernel."),
        Settled.Undone => Line.Of("Undone: the host is as it was before the change.", Tone.Good),
        Settled.Stuck => Line.Of("The undo is unfinished: the findings say what is left.", Tone.Bad),
        _ => Line.Of("Nothing was done: the findings say why.", Tone.Bad),
    };

    /// <summary>Writes `{"outcome","findings"}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, Settled settled, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WriteString("outcome", settled switch
        {
            Settled.Nothing => "nothing",
            Settled.Final => "final",
            Settled.History => "history",
            Settled.Undone => "rolled_back",
            Settled.Stuck => "undo_unfinished",
            _ => "refused",
        });
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }
}
