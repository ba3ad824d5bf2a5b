// weft diff FILE: where the host has drifted from the file, in the file's words.

using System.CommandLine;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class DiffCommand
{
    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var command = new Command("diff", "Print where this host differs from the file; exit with 3 if it does") { file };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(file))));
        return command;
    }

    private static int Run(Voice voice, string file)
    {
        if (Drawn.File(voice, file) is not { } drawn)
            return Exit.Usage;
        var drifts = drawn.Drawing is { } drawing && drawn.Code == Exit.Done ? Drift.Of(drawing) : [];
        if (voice.Json)
            Voice.Document(to => Drift.WriteJson(to, drifts, drawn.Findings));
        else
            voice.Tell(drawn.Findings);
        if (drawn.Code != Exit.Done)
            return drawn.Code;
        if (!voice.Json)
            voice.Say(Drift.Lines(drifts));
        return drifts.IsEmpty ? Exit.Done : Exit.Findings;
    }
}
