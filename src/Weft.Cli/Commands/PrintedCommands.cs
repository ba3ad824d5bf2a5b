// The commands that print a text about Weft itself: schema, man page, completion scripts, and the candidates that those
// scripts ask for.

using System.CommandLine;
using Weft.Cli.Completion;
using Weft.Cli.Manual;
using Weft.Show;

namespace Weft.Cli.Commands;

internal static class PrintedCommands
{
    private const string Codes =
        """
        Exit codes:
          0  printed
          2  usage

        """;

    public static Command Schema(Global global) => Printing(global, "schema", "Print the JSON Schema of the host file, for editors and other programs", _ => HostSchema.Text());

    public static Command Man(Global global) => Printing(global, "man", "Print the man page: weft man | man -l -", words => ManPage.Of((RootCommand)words.RootCommandResult.Command, VersionCommand.Number));

    public static Command Completion(Global global)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish; the help of each script is its first lines" };
        shell.CompletionSources.Add(Scripts.Shells);
        var command = new CommandApart("completion", "Print a script that completes weft's words in a shell", Codes) { shell };
        command.SetAction(global.Then((_, words) =>
        {
            var name = words.GetRequiredValue(shell);
            if (Scripts.Of(name) is { } script)
            {
                Voice.Out(script);
                return Exit.Done;
            }
            return Voice.Usage($"weft completes words in {string.Join(", ", Scripts.Shells)}, not in {Text.Quote.Of(name)}{Text.Nearest.Hint(name, Scripts.Shells)}");
        }));
        return command;
    }

    /// <summary>`weft complete -- WORD…`: candidates for the last word, a line each. For the scripts; it says nothing of mistakes.</summary>
    public static Command Candidates(Global global, IReadOnlyList<string> arguments)
    {
        var given = new Argument<string[]>("WORD") { Description = "The words so far, the last one unfinished", Arity = ArgumentArity.ZeroOrMore };
        var command = new CommandApart("complete", "Print what the last word may become", Codes) { given };
        command.Hidden = true;
        command.SetAction(global.Then((_, words) =>
        {
            var asked = new Asking((RootCommand)words.RootCommandResult.Command, words.GetValue(given) ?? []);
            // Links are those of the namespace that the words name. Where it cannot be entered there are none.
            if (asked.Netns is { } name && Machine.Enter(name, arguments) is not null)
                return Exit.Done;
            Voice.Out(string.Concat(asked.Answers().Select(answer => answer + "\n")));
            return Exit.Done;
        }));
        return command;
    }

    private static CommandApart Printing(Global global, string name, string description, Func<ParseResult, string> text)
    {
        var command = new CommandApart(name, description, Codes);
        command.SetAction(global.Then((_, words) =>
        {
            Voice.Out(text(words));
            return Exit.Done;
        }));
        return command;
    }
}
