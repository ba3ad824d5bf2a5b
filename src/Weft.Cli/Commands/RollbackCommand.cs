// weft rollback: puts the host back as it was before a change that waits to be confirmed, or that was never finished.

using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Plan;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class RollbackCommand
{
    public static Command Make(Global global)
    {
        var force = Words.Force();
        force.CompletionSources.Add([.. Drawn.Forcible]);
        var command = new Command("rollback", "Undo the change that waits to be confirmed, or one whose process died before it was done") { force };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetValue(force) ?? [])));
        return command;
    }

    private static int Run(Voice voice, string[] forced)
    {
        if (Words.IsUnknown(forced, Drawn.Forcible))
            return Exit.Usage;
        if (Machine.MayChangeLinks() && Answering.Present() is not null && Undone(voice) is { } code)
            return code;
        var (held, why) = Alone.Take("rollback", links: true, settled: false);
        using var hold = held;
        if (why is not null)
            return voice.Refuse(why);
        using var kernel = Machine.Kernel();
        // Half an undo is worse than a late end.
        using var deaf = new Signals();
        var (settled, findings) = voice.Working("putting the host back", () => Settling.Settle(Machine.State(), Fate.Of(kernel), Machine.Clock, new Timings(), forced));
        return Voice.Afterwards(settled == Settled.Stuck ? Exit.Stuck : settled == Settled.Refused || (settled == Settled.Final && findings.Length > 0) ? Exit.Refused : Exit.Done, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => SettledText.WriteJson(to, settled, [], findings));
                return;
            }
            voice.Tell(findings);
            voice.Say(SettledText.Of(settled));
        });
    }

    /// <summary>Has the process whose change waits undo it; null where it went without, and its journal is to be settled.</summary>
    private static int? Undone(Voice voice)
    {
        var (end, _) = voice.Working("having the change undone", () => Answering.Give(good: false));
        if (end is null)
            return null;
        if (end.Outcome is not ("rolled_back" or "undo_unfinished"))
            return Voice.Refuse($"too late: the change was {HistoryText.Ending(end)} before it could be undone; apply the file before it");
        var settled = end.Outcome == "rolled_back" ? Settled.Undone : Settled.Stuck;
        return Voice.Afterwards(settled == Settled.Stuck ? Exit.Stuck : Exit.Done, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => SettledText.WriteJson(to, settled, end.Told, []));
                return;
            }
            foreach (var sentence in end.Told)
                voice.Say(Line.Of(Quote.Clean(sentence), Tone.Faint));
            voice.Say(SettledText.Of(settled));
        });
    }
}
