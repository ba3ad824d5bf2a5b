// What a word of the command line may be completed to, beyond commands and options: names that this machine knows. Whatever
// fails has no candidates; a person who presses Tab wants no error. Names come from the kernel, which takes almost anything:
// one with hidden characters is not offered.

using System.CommandLine.Completions;
using Weft.Text;

namespace Weft.Cli;

internal static class Candidates
{
    /// <summary>Links of this network namespace.</summary>
    public static IEnumerable<CompletionItem> Links(CompletionContext context) => Items(() =>
    {
        using var kernel = Machine.Kernel();
        return [.. kernel.Observe().Host.Links.Select(link => link.Name.Value)];
    });

    /// <summary>Network namespaces that `ip netns` knows.</summary>
    public static IEnumerable<CompletionItem> Namespaces(CompletionContext context) =>
        Items(() => [.. Directory.EnumerateFiles("/run/netns").Select(path => Path.GetFileName(path)!)]);

    /// <summary>Ids of rules.</summary>
    public static IEnumerable<CompletionItem> RuleIds(CompletionContext context) => Items(() => [.. Commands.ApplyCommand.Forcible]);

    /// <summary>Words that can be explained.</summary>
    public static IEnumerable<CompletionItem> Words(CompletionContext context) => Items(() => [.. Explain.Lexicon.Words]);

    private static IEnumerable<CompletionItem> Items(Func<string[]> names)
    {
        try
        {
            return names().Where(name => Quote.Clean(name) == name).Order(StringComparer.Ordinal).Select(name => new CompletionItem(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [];
        }
    }
}
