// weft status: what is under way, how the last change ended, which file is the good one, and whether the host is still so.

using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class StatusCommand
{
    public static Command Make(Global global)
    {
        var command = new Command("status", "Print the change that waits, the last good file, and whether this host is still as it says");
        command.SetAction(global.Then((voice, _) => Run(voice)));
        return command;
    }

    private static int Run(Voice voice)
    {
        var disk = Machine.State();
        var unfinished = Unfinished.On(disk, alone: false);
        var worker = ApplyLock.Holder();
        var (history, wrong) = HistoryFile.Read(disk);
        var (good, findings) = GoodFile.Read(disk);
        // What is kept root alone may read, but for what is under way.
        var hidden = wrong is not null && !Environment.IsPrivilegedProcess;
        if (hidden)
            (findings, wrong) = ([Finding.Warning("not-permitted", Place.None, $"this is not root: {wrong}", "of what was applied here nothing can be told", "run it as root")], null);
        var state = new HostState
        {
            IsHidden = hidden,
            Underway = worker is null ? null : Underway.Read(Machine.Runtime()),
            Worker = worker,
            Last = history.IsEmpty ? null : history[^1],
            Good = good is null ? null : good.Path,
        };
        if (good is not null && state.Underway is null)
        {
            using var kernel = Machine.Kernel();
            var drawing = voice.Working("reading this host", () => Walk.Plan(good.Host, kernel, LedgerFile.Read(disk).Ledger, new Timings()));
            if (drawing.Now.Refusal is null)
                state = state with { Drift = Drift.Of(drawing).Length };
            else
                findings = [.. findings, .. drawing.Plan.Findings];
        }
        if (wrong is not null)
            findings = [.. findings, Finding.Advice("history-unreadable", Place.None, wrong, "without it nobody can tell how the last change ended", "remove that file")];
        if (unfinished is not null)
            findings = [unfinished, .. findings];
        if (voice.Json)
            Voice.Document(to => StatusText.WriteJson(to, state, Machine.Clock, findings));
        else
        {
            voice.Tell(findings);
            voice.Say(StatusText.Of(state, Machine.Clock));
        }
        return Exit.Done;
    }
}
