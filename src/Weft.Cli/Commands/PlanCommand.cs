// weft plan FILE: the steps from what is to what the file says; nothing is sent.

using System.CommandLine;
using Weft.Apply;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class PlanCommand
{
    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var exitCode = new Option<bool>("--exit-code") { Description = "Exit with 3 if there is anything to send" };
        var command = new Command("plan", "Print the steps that apply would take, and whom they disturb") { file, exitCode };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(file), words.GetValue(exitCode))));
        return command;
    }

    private static int Run(Voice voice, string file, bool exitCode)
    {
        if (Planned.File(voice, file) is not { } planned)
            return Exit.Usage;
        if (voice.Json)
            Voice.Document(to => PlanText.WriteJson(to, planned.Plan, planned.Findings));
        else
            voice.Tell(planned.Findings);
        if (!voice.Json && planned.Drawing is not null && !planned.Plan.IsRefused)
            voice.Say(voice.Quiet ? [PlanText.Of(planned.Plan)[^1]] : PlanText.Of(planned.Plan));
        return planned.Code != Exit.Done ? planned.Code : exitCode && !planned.Plan.IsEmpty ? Exit.Findings : Exit.Done;
    }
}
