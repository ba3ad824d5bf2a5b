// The help of every command, in one layout of our own: what it does, how it is written, its words, its options, and the exit
// codes.

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using Weft.Cli.Manual;

namespace Weft.Cli;

internal static class Help
{
    /// <summary>Puts our help in the library's place and the global options into the root.</summary>
    public static void Fit(RootCommand root, Global global)
    {
        root.Options.Clear();
        foreach (var option in global.All)
            root.Options.Add(option);
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Print this help", Recursive = true, Action = new HelpAnswer() });
    }

    /// <summary>`weft lab run`.</summary>
    public static string PathOf(Command command) => HelpPage.PathOf(command);

    public static string Of(Command command)
    {
        var page = HelpPage.Of(command);
        var text = new StringBuilder($"{page.Description}\n\nUsage:\n");
        foreach (var usage in page.Usages)
            text.Append($"  {usage}\n");
        foreach (var table in page.Own.Append(page.Shared))
        {
            var width = table.Rows.Max(row => row.Word.Length);
            text.Append($"\n{table.Title}:\n");
            foreach (var (word, meaning) in table.Rows)
                text.Append($"  {word.PadRight(width)}  {meaning}\n");
        }
        return text.Append('\n').Append(page.Codes).ToString();
    }
}

/// <summary>Prints the help of the command that was named.</summary>
internal sealed class HelpAnswer : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Voice.Out(Help.Of(parseResult.CommandResult.Command));
        return Exit.Done;
    }
}
