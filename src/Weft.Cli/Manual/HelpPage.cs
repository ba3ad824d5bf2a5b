// What is to be said of a command, taken from the command itself: so neither --help nor the man page can promise what is not
// there. How it is laid out is theirs.

using System.CommandLine;

namespace Weft.Cli.Manual;

/// <summary>A heading and its rows.</summary>
internal sealed record HelpTable(string Title, IReadOnlyList<(string Word, string Meaning)> Rows);

/// <summary>The help of a command.</summary>
/// <param name="Path">`weft lab run`.</param>
/// <param name="Description">What it does, as a sentence.</param>
/// <param name="Usages">How it is written, a line each.</param>
/// <param name="Own">Its commands, arguments and options.</param>
/// <param name="Shared">The options of every command.</param>
/// <param name="Codes">Its exit codes, a heading and lines.</param>
internal sealed record HelpPage(string Path, string Description, IReadOnlyList<string> Usages, IReadOnlyList<HelpTable> Own, HelpTable Shared, string Codes)
{
    private const string UsualCodes =
        """
        Exit codes:
          0  done, or nothing to do
          1  refused before anything was sent
          2  usage, or a file that cannot be read
          3  findings that are errors, or a difference
          4  refused by kernel or probe, or not confirmed, and undone; of boot: not all came up
          5  the undo could not finish
          130, 143  who waited was ended; a change that had begun goes on

        """;

    public static HelpPage Of(Command command) => new(
        PathOf(command),
        command.Description!.EndsWith('.') ? command.Description : command.Description + ".",
        [.. Usage(command)],
        [
            .. Table("Commands", Shown(command).Select(sub => (sub.Name, sub.Description!))),
            .. Table("Arguments", command.Arguments.Select(argument => (Written(argument), argument.Description!))),
            .. Table("Options", command.Options.Where(option => !option.Recursive && !option.Hidden).Select(Row)),
        ],
        new(command is RootCommand ? "Options" : "Options of every command", [.. Root(command).Options.Where(option => option.Recursive && CommandApart.Takes(command, option)).Select(Row)]),
        command is CommandApart apart ? apart.Codes : UsualCodes);

    /// <summary>`weft lab run`.</summary>
    public static string PathOf(Command command)
    {
        var parts = new List<string>();
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            parts.Insert(0, at is RootCommand ? "weft" : at.Name);
        return string.Join(' ', parts);
    }

    /// <summary>The commands below it that are for people.</summary>
    public static IEnumerable<Command> Shown(Command command) => command.Subcommands.Where(sub => !sub.Hidden);

    private static RootCommand Root(Command command) => command as RootCommand ?? Root(command.Parents.OfType<Command>().First());

    private static IEnumerable<string> Usage(Command command) => Shown(command).Any()
        ? [$"{PathOf(command)} COMMAND [options]"]
        : [string.Join(' ', command.Arguments.Select(Written).Prepend(command.Options.Any() ? "[options]" : "").Prepend(PathOf(command)).Where(part => part.Length > 0))];

    private static string Written(Argument argument) => argument switch
    {
        { Name: "FILE... -- CMD ARGS" } => "[FILE...] -- CMD [ARGS...]",
        { Arity: { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } } => $"[{argument.Name}...]",
        { Arity.MinimumNumberOfValues: 0 } => $"[{argument.Name}]",
        { Arity.MaximumNumberOfValues: > 1 } => $"{argument.Name}...",
        _ => argument.Name,
    };

    private static (string, string) Row(Option option)
    {
        var names = option.Aliases.Append(option.Name).Distinct().OrderBy(name => name.Length);
        return (string.Join(", ", names) + (option.HelpName is { } value ? $" {value}" : ""), option.Description!);
    }

    private static IEnumerable<HelpTable> Table(string title, IEnumerable<(string, string)> rows) => rows.ToList() is { Count: > 0 } all ? [new(title, all)] : [];
}
