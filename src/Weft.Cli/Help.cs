// The help of every command, in one layout of our own: what it does, how it is written, its words, its options, and the exit
// codes. Made from the commands themselves, so that it cannot promise what is not there.

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Weft.Cli;

internal static class Help
{
    private const string Codes =
        """
        Exit codes:
          0  done, or nothing to do
          1  refused before anything was sent
          2  usage, or a file that cannot be read
          3  findings that are errors, or a difference
          4  refused by the kernel, and undone
          5  the undo could not finish

        """;

    /// <summary>Puts our help in the library's place and the global options into the root.</summary>
    public static void Fit(RootCommand root, Global global)
    {
        root.Options.Clear();
        foreach (var option in global.All)
            root.Options.Add(option);
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Print this help", Recursive = true, Action = new HelpAnswer() });
    }

    /// <summary>`weft lab run`.</summary>
    public static string PathOf(Command command)
    {
        var parts = new List<string>();
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            parts.Insert(0, at is RootCommand ? "weft" : at.Name);
        return string.Join(' ', parts);
    }

    public static string Of(Command command)
    {
        var text = new StringBuilder().Append(command.Description).Append(".\n\n".AsSpan(command.Description!.EndsWith('.') ? 1 : 0)).Append("Usage:\n");
        foreach (var line in Usages(command))
            text.Append("  ").Append(line).Append('\n');
        Table(text, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description!)));
        Table(text, "Arguments", command.Arguments.Select(argument => (Written(argument), argument.Description!)));
        Table(text, "Options", command.Options.Where(option => command is not RootCommand || !option.Recursive).Select(Row));
        Table(text, command is RootCommand ? "Options" : "Options of every command", Root(command).Options.Where(option => option.Recursive && CommandApart.Takes(command, option)).Select(Row));
        return text.Append('\n').Append(command is CommandApart apart ? apart.Codes : Codes).ToString();
    }

    private static RootCommand Root(Command command) => command as RootCommand ?? Root(command.Parents.OfType<Command>().First());

    private static IEnumerable<string> Usages(Command command) => command.Subcommands.Count > 0
        ? [$"{PathOf(command)} COMMAND [options]"]
        : [string.Join(' ', command.Arguments.Select(Written).Prepend(command.Options.Any() ? "[options]" : "").Prepend(PathOf(command)).Where(part => part.Length > 0))];

    private static string Written(Argument argument) => argument switch
    {
        { Name: "FILE... -- CMD ARGS" } => "[FILE...] -- CMD [ARGS...]",
        { Arity: { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } } => $"[{argument.Name}...]",
        { Arity.MaximumNumberOfValues: > 1 } => $"{argument.Name}...",
        _ => argument.Name,
    };

    private static (string, string) Row(Option option)
    {
        var names = option.Aliases.Append(option.Name).Distinct().OrderBy(name => name.Length);
        return (string.Join(", ", names) + (option.HelpName is { } value ? $" {value}" : ""), option.Description!);
    }

    private static void Table(StringBuilder text, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        var width = all.Max(row => row.Left.Length);
        text.Append($"\n{title}:\n");
        foreach (var (left, right) in all)
            text.Append($"  {left.PadRight(width)}  {right}\n");
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
