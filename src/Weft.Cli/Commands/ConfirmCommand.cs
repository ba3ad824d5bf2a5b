// weft confirm: the change that waits is good, and becomes final.

using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ConfirmCommand
{
    public static Command Make(Global global)
    {
        var command = new Command("confirm", "Say that the change that waits is good: it becomes final");
        command.SetAction(global.Then((voice, _) => Run(voice)));
        return command;
    }

    private static int Run(Voice voice)
    {
        if (!Machine.MayChangeLinks())
            return voice.Refuse(Nothing("not-permitted", "confirm speaks for the administrator of this host, which needs CAP_NET_ADMIN", "run it as root"));
        var (end, wrong) = Answering.Give(good: true);
        if (end is null)
            return voice.Refuse(Unfinished.On(Machine.State(), alone: false) is { } left ? left with { What = $"{wrong}; {left.What}" }
                : Nothing("nothing-to-confirm", $"{wrong}: nothing to confirm", "weft history tells how the last one ended"));
        var final = end.Outcome == "applied";
        if (final && Unfinished.On(Machine.State(), alone: false) is { } rest)
            Voice.Complain($"{rest.What}; {rest.Mend}");
        return Voice.Afterwards(final ? Exit.Done : Exit.Undone, () =>
        {
            if (voice.Json)
                Voice.Document(to => HistoryFile.Write(to, end));
            else if (!voice.Quiet || !final)
                voice.Say(final ? Line.Of("Confirmed: the change is final.", Tone.Good) : Line.Of($"Too late: {HistoryText.Ending(end)}.", Tone.Bad));
        });
    }

    private static Finding Nothing(string rule, string what, string mend) => Finding.Error(rule, Place.None, what, "nothing was confirmed", mend);
}
