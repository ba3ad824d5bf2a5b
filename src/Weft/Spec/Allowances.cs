// Comments that speak to Weft: `# weft: allow RULE because …`, behind what it allows or on a line of its own above it. YAML's scanner says
// what a comment is, so that a `#` in a text is none.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Weft.Spec;

internal static class Allowances
{
    private const string Mark = "weft:";

    /// <summary>The allowances of a text that is YAML; of another, those before the place where it ends to be.</summary>
    public static ImmutableArray<Allowance> Read(string file, string text, List<Finding> findings)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal))
            return [];
        var found = ImmutableArray.CreateBuilder<Allowance>();
        var source = new Source(file, text);
        int[]? following = null;
        foreach (var comment in Comments(text))
        {
            var line = (int)comment.Start.Line;
            var begin = source.Line(line)?.IndexOf('#', (int)comment.Start.Column - 1) ?? -1;
            if (begin < 0 || source.Line(line)![begin..].TrimEnd() is not { } whole || !whole[1..].TrimStart().StartsWith(Mark, StringComparison.Ordinal))
                continue;
            if (whole[(whole.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries) is not ["allow", var rule, "because", var reason])
                findings.Add(Finding.Warning("allow-unclear", new Place(file, line, begin + 1, whole.Length), "a comment speaks to Weft and is not understood",
                    "the only thing that a comment tells Weft is which rule may be broken here, and why", "write # weft: allow RULE because REASON, with the id of the rule and a reason that the next person believes"));
            else
                found.Add(new(At.Of(rule, new Place(file, line, begin + whole.IndexOf(rule, whole.IndexOf("allow", StringComparison.Ordinal) + "allow".Length, StringComparison.Ordinal) + 1, rule.Length)), comment.IsInline ? line : (following ??= Following(source))[line], reason));
        }
        return found.ToImmutable();
    }

    private static List<Comment> Comments(string text)
    {
        var comments = new List<Comment>();
        var scanner = new Scanner(new StringReader(text), skipComments: false);
        try
        {
            while (scanner.MoveNext())
                if (scanner.Current is Comment comment)
                    comments.Add(comment);
        }
        catch (YamlException)
        {
            // The tree was read from the same text: where this is no YAML, a finding says so already.
        }
        return comments;
    }

    /// <summary>For each line the one below it that a comment there speaks of, the next that is neither empty nor a comment; where nothing follows, itself.</summary>
    private static int[] Following(Source source)
    {
        var following = new List<int> { 0 };
        for (var line = 1; source.Line(line) is not null; line++)
            following.Add(line);
        for (var (line, next) = (following.Count - 1, 0); line > 0; line--)
        {
            following[line] = next == 0 ? line : next;
            if (source.Line(line).AsSpan().Trim() is { Length: > 0 } held && held[0] != '#')
                next = line;
        }
        return [.. following];
    }
}
