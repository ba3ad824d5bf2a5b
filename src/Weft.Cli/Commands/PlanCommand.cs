// weft plan FILE: the steps from what is to what the file says; nothing is sent.

using System.CommandLine;
using Weft.Apply;
using Weft.Show;
using Weft.Text;
using Weft.Twin.Proving;

namespace Weft.Cli.Commands;

internal static class PlanCommand
{
    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var exitCode = new Option<bool>("--exit-code") { Description = "Exit with 3 if there is anything to send" };
        var to = new Option<string?>("--out") { Description = "Write the plan down too: weft apply PLAN does it later, or refuses if this host has moved on", HelpName = "PLAN" };
        var command = new Command("plan", "Print the steps that apply would take, and whom they disturb") { file, to, exitCode };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(file), words.GetValue(to), words.GetValue(exitCode))));
        return command;
    }

    private static int Run(Voice voice, string file, string? to, bool exitCode)
    {
        if (Planned.File(voice, file) is not { } planned)
            return Exit.Usage;
        if (to is not null && planned is { Code: Exit.Done, Drawing: not null } && Written(planned, file, to) is { } wrong)
            return Voice.Refuse($"{Quote.Clean(to)}: the plan could not be written: {wrong}");
        // What is printed of a quiet plan is its sum, and nobody waits for the rest.
        var redundancy = planned is { Drawing: { } drawn, Judged.Host: { } host } && (voice.Json || !voice.Quiet) ? voice.Working("comparing redundancy", () => Redundancies.Of(drawn, host)) : null;
        if (voice.Json)
            Voice.Document(to => PlanText.WriteJson(to, planned.Plan, planned.Findings, planned.Drawing, further => RedundancyText.WriteJson(further, redundancy)));
        else
            voice.Tell(planned.Findings);
        if (!voice.Json && planned.Drawing is { } drawing && !planned.Plan.IsRefused)
            voice.Say(voice.Quiet ? [PlanText.Of(planned.Plan)[^1]] : [.. PlanText.Of(drawing), .. RedundancyText.Lines(redundancy)]);
        return planned.Code != Exit.Done ? planned.Code : exitCode && !planned.Plan.IsEmpty ? Exit.Findings : Exit.Done;
    }

    private static string? Written(Planned planned, string file, string to)
    {
        try
        {
            if (File.Exists(to) && !PlanFile.IsMeant(File.ReadAllText(to)))
                return "something else than a plan is there";
            File.WriteAllText(to, PlanFile.Of(planned.Judged.Plan?.File ?? (file == "-" ? "stdin" : file), planned.Judged.Text, planned.Plan).Print());
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message;
        }
    }
}
