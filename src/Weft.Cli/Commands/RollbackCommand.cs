// weft rollback: puts the host back as it was before a change that was never finished.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Apply;
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
        var command = new Command("rollback", "Undo a change whose process died before it was done") { force };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetValue(force) ?? [])));
        return command;
    }

    private static int Run(Voice voice, string[] forced)
    {
        if (Words.IsUnknown(forced, Drawn.Forcible))
            return Exit.Usage;
        if (!Machine.MayChangeLinks())
            return Voice.Refuse("rollback changes links, which needs CAP_NET_ADMIN; run it as root");
        var (held, wrong, mend) = ApplyLock.Take(Machine.RuntimeFolder());
        using var hold = held;
        if (held is null)
            return Voice.Refuse($"{wrong}; {mend}");
        using var kernel = Machine.Kernel();
        // Half an undo is worse than a late end.
        using var deaf = new Signals();
        var (settled, findings) = voice.Working("putting the host back", () => Transaction.Settle(Machine.State(), kernel, new Timings(), forced));
        return Voice.Afterwards(settled == Settled.Stuck ? Exit.Stuck : settled == Settled.Refused ? Exit.Refused : Exit.Done, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => SettledText.WriteJson(to, settled, findings));
                return;
            }
            voice.Tell(findings);
            voice.Say(SettledText.Of(settled));
        });
    }
}
