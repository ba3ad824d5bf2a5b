// weft check FILE…: every rule over each file.

using System.CommandLine;
using Weft.Apply;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class CheckCommand
{
    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files; - is standard input", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Look at host files with every rule, without a look at this host") { files };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(files))));
        return command;
    }

    private static int Run(Voice voice, string[] files)
    {
        var judged = files.Select(file => (File: file, Judged: Judged.File(voice, file, new Timings()))).ToList();
        var findings = judged.SelectMany(file => file.Judged?.Findings ?? []).ToList();
        if (voice.Json)
            Voice.Document(to => Report.WriteJson(to, findings));
        else
            voice.Tell(findings);
        if (!voice.Json && !voice.Quiet)
            voice.Say(judged.Where(file => file.Judged is not null).Select(file => FindingsText.Count(file.File, file.Judged!.Findings)));
        return judged.Any(file => file.Judged is null) ? Exit.Usage : Exit.Of(findings);
    }
}
