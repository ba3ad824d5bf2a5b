// Which words of a command line exclude each other, as one table: the first pair that is given together is the sentence.

using System.CommandLine;

namespace Weft.Cli;

/// <summary>Pairs of options that make no sense together.</summary>
/// <param name="pairs">Two options each; why, as the end of a sentence, where it is not plain.</param>
internal sealed class Excludes(params (Option One, Option Other, string? Why)[] pairs)
{
    /// <summary>Every two of these, each of which is a form of the whole output.</summary>
    public static (Option, Option, string?)[] Forms(params Option[] forms) =>
        [.. forms.SelectMany((one, at) => forms.Skip(at + 1).Select(other => (one, other, (string?)null)))];

    /// <summary>What excludes what, in a sentence; null where nothing does.</summary>
    public string? In(ParseResult words)
    {
        foreach (var (one, other, why) in pairs)
            if (IsGiven(words, one) && IsGiven(words, other))
                return $"{one.Name} and {other.Name} exclude each other{(why is null ? "" : $": {why}")}; see {Help.PathOf(words.CommandResult.Command)} --help";
        return null;
    }

    public static bool IsGiven(ParseResult words, Option option) => words.GetResult(option) is { Implicit: false };
}
