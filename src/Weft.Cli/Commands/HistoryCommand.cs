// weft history: the last changes of this host, the newest first.

using System.CommandLine;
using Weft.Apply;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class HistoryCommand
{
    public static Command Make(Global global)
    {
        var diff = new Option<bool>("--diff") { Description = "Print what each changed in the file" };
        var command = new Command("history", "Print the last changes of this host: who, when, how they ended") { diff };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetValue(diff))));
        return command;
    }

    private static int Run(Voice voice, bool diff)
    {
        var (changes, wrong) = HistoryFile.Read(Machine.State());
        if (wrong is not null)
            return Voice.Refuse(Environment.IsPrivilegedProcess ? wrong : $"{wrong}; run it as root");
        if (voice.Json)
            Voice.Document(to => HistoryText.WriteJson(to, changes));
        else
            voice.Say(changes.IsEmpty ? [Line.Of("No change was made here yet.")] : [.. changes.Reverse().SelectMany(change => HistoryText.Of(change, diff))]);
        return Exit.Done;
    }
}
