// The options that every command has, and the start of every command: how to speak, and in which namespace.

using System.CommandLine;

namespace Weft.Cli;

/// <summary>The options of every command.</summary>
internal sealed class Global(IReadOnlyList<string> arguments)
{
    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document, findings included", Recursive = true };
    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours; NO_COLOR in the environment says the same", Recursive = true };
    public Option<string?> Netns { get; } = new("--netns") { Description = "Act in the network namespace that ip netns knows as NAME", HelpName = "NAME", Recursive = true, CompletionSources = { Candidates.Namespaces } };
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print errors and results only", Recursive = true };

    /// <summary>The words of the command line, for a process that is started with the same ones.</summary>
    public IReadOnlyList<string> Arguments => arguments;

    public IEnumerable<Option> All => [Json, NoColor, Netns, Quiet];

    /// <summary>Makes an action of a command: enters the namespace, then runs.</summary>
    public Func<ParseResult, int> Then(Func<Voice, ParseResult, int> run) => words =>
    {
        if (words.GetValue(Netns) is { } name && Machine.Enter(name, arguments) is { } wrong)
            return Voice.Refuse(wrong);
        var colour = !words.GetValue(NoColor) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb") && !Console.IsOutputRedirected;
        return run(new(words.GetValue(Json), colour, words.GetValue(Quiet)), words);
    };
}
