// weft version.

using System.CommandLine;
using System.Reflection;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class VersionCommand
{
    public static Command Make(Global global)
    {
        var command = new Command("version", "Print the version");
        command.SetAction(global.Then((voice, _) =>
        {
            if (voice.Json)
                Voice.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("version", Number);
                    to.WriteEndObject();
                });
            else
                voice.Say(Line.Of($"weft {Number}"));
            return Exit.Done;
        }));
        return command;
    }

    public static string Number => typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "0";
}
