// weft boot: what the unit runs when the machine starts. Settles what a crash left, then brings up the last good file from
// Weft's own copy, not from one that somebody may be editing.

using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class BootCommand
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    public static Command Make(Global global)
    {
        var wait = new Option<string>("--wait") { Description = "How long NICs of the file may take to appear; 10s without", HelpName = "TIME" };
        var command = new Command("boot", "Start this host's network: settle what a crash left, then bring up the last good file") { wait };
        command.SetAction(global.Then((voice, words) => Words.Time(words.GetValue(wait), "--wait") is { } time ? Run(voice, time == TimeSpan.Zero ? UsualWait : time) : Exit.Usage));
        return command;
    }

    private static int Run(Voice voice, TimeSpan wait)
    {
        var (held, why) = Alone.Take("boot", links: true, settled: false);
        using var hold = held;
        if (why is not null)
            return voice.Refuse(why);
        using var kernel = Machine.Kernel();
        using var deaf = new Signals();
        var booted = voice.Working("starting the network", () => new Boot(Machine.State(), Fate.Of(kernel), Machine.Clock, new Timings()).Bring(wait));
        var code = booted.Settled switch
        {
            Settled.Stuck => Exit.Stuck,
            Settled.Refused => Exit.Refused,
            _ => booted.Outcome is { } outcome ? Exit.Of(outcome.Ending) : Exit.Done,
        };
        return Voice.Afterwards(code, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => BootedText.WriteJson(to, booted));
                return;
            }
            voice.Tell(booted.Findings);
            if (!voice.Quiet || code != Exit.Done)
                voice.Say(BootedText.Of(booted));
        });
    }
}
