// A mistake in the words of a command line, in one sentence of ours: what is wrong, and the nearest thing that is right.

using System.CommandLine;
using System.CommandLine.Parsing;
using Weft.Text;

namespace Weft.Cli;

internal static class Mistake
{
    /// <summary>What is wrong with the words; null where they make a command.</summary>
    public static string? In(ParseResult words)
    {
        var command = words.CommandResult.Command;
        var path = Help.PathOf(command);
        var subcommands = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
        if ((MeantAsOption(words) ?? (words.UnmatchedTokens is [var first, ..] ? first : NotOfThis(words))) is { } odd)
            return odd.StartsWith('-')
                ? $"{path} has no option {Quote.Of(odd)}{Nearest.Hint(odd, Options(command))}; see {path} --help"
                : subcommands.Count > 0
                    ? $"there is no command {Quote.Of($"{path} {odd}")}{Nearest.Hint(odd, subcommands)}; see {path} --help"
                    : $"{path} takes no further argument, and {Quote.Of(odd)} is one; see {path} --help";
        if (subcommands.Count > 0 && command.Action is null)
            return $"{path} needs a command, one of {string.Join(", ", subcommands)}; see {path} --help";
        if (words.Errors is not [var error, ..])
            return null;
        return error.SymbolResult switch
        {
            ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing => $"{path} needs a {missing.Argument.Name}; see {path} --help",
            OptionResult { Tokens.Count: 0 } bare => $"{bare.Option.Name} needs a {bare.Option.HelpName ?? "value"}; see {path} --help",
            OptionResult { Tokens: [var token], Option: var option } when option.ValueType == typeof(int) || option.ValueType == typeof(ulong) => $"{option.Name} needs a whole number{(option.ValueType == typeof(ulong) ? " from 0 on" : "")}, and {Quote.Of(token.Value)} is none; see {path} --help",
            OptionResult { Tokens.Count: > 1 } twice => $"{twice.Option.Name} is given more than once; see {path} --help",
            _ => $"{Quote.Clean(error.Message.ReplaceLineEndings(" ").TrimEnd('.'))}; see {path} --help",
        };
    }

    /// <summary>
    /// An argument that looks like an option. The parser takes an option that it does not know for one more file; a file of such a name
    /// can be given after `--`.
    /// </summary>
    private static string? MeantAsOption(ParseResult words)
    {
        var literal = words.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        return words.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-' && !literal.Contains(token))?.Value;
    }

    /// <summary>An option of every command but this one.</summary>
    private static string? NotOfThis(ParseResult words) =>
        words.RootCommandResult.Command.Options.FirstOrDefault(option => !CommandApart.Takes(words.CommandResult.Command, option) && words.GetResult(option) is { Implicit: false })?.Name;

    private static IEnumerable<string> Options(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            foreach (var option in at.Options.Where(option => !option.Hidden && (at == command || option.Recursive) && CommandApart.Takes(command, option)))
                foreach (var name in option.Aliases.Append(option.Name))
                    yield return name;
    }
}
