// A shell asks what the last of some words may become. The walk is our own, over the commands as they are: down the commands,
// past options and their values, to the argument that is next. What is a file is the shell's to complete: the answer is then
// the one word `:files` (or `:folders`, `:words` for a command of somebody else), and no candidate can begin with a colon.

using System.CommandLine;

namespace Weft.Cli.Completion;

internal sealed class Asking
{
    private readonly Command command;
    private readonly Option? pending;
    private readonly int position;
    private readonly bool literal;
    private readonly string last;
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <param name="root">The commands.</param>
    /// <param name="words">What was typed after the program's name, the last word unfinished.</param>
    public Asking(RootCommand root, IReadOnlyList<string> words)
    {
        command = root;
        last = words.Count == 0 ? "" : words[^1];
        // bash cuts --netns=blue in three; whole or cut, what stands behind the sign is the option's value.
        foreach (var word in words.SkipLast(1).Where(word => word != "="))
            if (pending is not null)
            {
                if (pending.Name == "--netns")
                    Netns = word;
                pending = null;
            }
            else if (literal)
                position++;
            else if (word == "--")
                literal = true;
            else if (word.StartsWith('-'))
            {
                given.Add(word);
                pending = Options().FirstOrDefault(option => NamesOf(option).Contains(word) && TakesValue(option));
            }
            else if (position == 0 && command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } sub)
                command = sub;
            else
                position++;
        if (last == "=")
            last = "";
        else if (pending is null && !literal && last.StartsWith("--", StringComparison.Ordinal) && last.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
            && Options().FirstOrDefault(option => NamesOf(option).Contains(last[..sign]) && TakesValue(option)) is { } whole)
            (pending, Prefix, last) = (whole, last[..(sign + 1)], last[(sign + 1)..]);
    }

    /// <summary>The network namespace that the words name.</summary>
    public string? Netns { get; }

    /// <summary>What stands before the candidate in its word: `--netns=` where that was typed whole.</summary>
    private string Prefix { get; } = "";

    public IEnumerable<string> Answers()
    {
        if (pending is not null)
            return Of(pending.HelpName, pending.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty));
        if (literal && command.Name == "run")
            return [":words"];
        if (last.StartsWith('-') && !literal)
            return Fitting(Options().Where(option => !NamesOf(option).Any(given.Contains) || option.AllowMultipleArgumentsPerToken || option.Arity.MaximumNumberOfValues > 1).SelectMany(NamesOf));
        if (HelpCommands().ToList() is { Count: > 0 } commands)
            return Fitting(commands);
        var next = command.Arguments.Count == 0 ? null : command.Arguments[Math.Min(position, command.Arguments.Count - 1)];
        return next is null || (position >= command.Arguments.Count && next.Arity.MaximumNumberOfValues <= 1) ? [] : Of(next.Name, next.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty));
    }

    private IEnumerable<string> HelpCommands() => position > 0 ? [] : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);

    /// <summary>The library offers an option's own values; the name in the help says which of them are files.</summary>
    private IEnumerable<string> Of(string? name, IEnumerable<System.CommandLine.Completions.CompletionItem> items) => name switch
    {
        "FILE" or "FILE... -- CMD ARGS" => [":files"],
        "FOLDER" => [":folders"],
        _ => Fitting(items.Select(item => item.InsertText ?? item.Label)),
    };

    private IEnumerable<string> Fitting(IEnumerable<string> candidates) =>
        candidates.Where(candidate => candidate.StartsWith(last, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).Select(candidate => Prefix + candidate);

    private IEnumerable<Option> Options()
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            foreach (var option in at.Options.Where(option => !option.Hidden && (at == command || option.Recursive) && CommandApart.Takes(command, option)))
                yield return option;
    }

    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Append(option.Name).Distinct();

    private static bool TakesValue(Option option) => option.HelpName is not null;
}
