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
        if (Planned.File(voice, file) is not { } planned)
            return Exit.Usage;
        var drifts = planned.Drawing is { } drawing && planned.Code == Exit.Done ? Drift.Of(drawing) : [];
        if (voice.Json)
            Voice.Document(to => Drift.WriteJson(to, drifts, planned.Findings));
        else
            voice.Tell(planned.Findings);
        if (planned.Code != Exit.Done)
            return planned.Code;
        if (!voice.Json)
            voice.Say(Drift.Lines(drifts));
        return drifts.IsEmpty ? Exit.Done : Exit.Findings;
    }
}
