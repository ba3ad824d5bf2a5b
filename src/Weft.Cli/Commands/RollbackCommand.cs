// weft rollback: puts the host back as it was before a change that was never finished.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Apply;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class RollbackCommand
{
    public static Command Make(Global global)
    {
        var command = new Command("rollback", "Undo a change whose process died before it was done");
        command.SetAction(global.Then((voice, _) => Run(voice)));
        return command;
    }

    private static int Run(Voice voice)
    {
        if (!Machine.MayChangeLinks())
            return Stop("rollback changes links, which needs CAP_NET_ADMIN; run it as root");
        var (held, wrong, mend) = ApplyLock.Take(Machine.RuntimeFolder());
        using var hold = held;
        if (held is null)
            return Stop($"{wrong}; {mend}");
        using var kernel = Machine.Kernel();
        // Half an undo is worse than a late end.
        using var deaf = new Signals();
        var (settled, findings) = voice.Working("putting the host back", () => Transaction.Settle(Machine.State(), kernel, new Timings()));
        if (voice.Json)
            Voice.Document(to => SettledText.WriteJson(to, settled, findings));
        else
        {
            voice.Tell(findings);
            voice.Say(SettledText.Of(settled));
        }
        return settled switch
        {
            Settled.Stuck => Exit.Stuck,
            Settled.Refused => Exit.Refused,
            _ => Exit.Done,
        };
    }

    private static int Stop(string sentence)
    {
        Voice.Complain(sentence);
        return Exit.Refused;
    }
}
