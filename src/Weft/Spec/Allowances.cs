// Comments that speak to Weft: `# weft: allow RULE because …`, behind what it allows or on a line of its own above it. YAML's scanner says
// what a comment is, so that a `#` in a text is none.

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Weft.Model;
using Weft.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Weft.Spec;

internal static partial class Allowances
{
    private const string Mark = "weft:";

    /// <summary>The allowances of a text that is YAML; of another, those before the place where it ends to be.</summary>
    public static ImmutableArray<Allowance> Read(string file, string text, List<Finding> findings)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal))
            return [];
        var found = ImmutableArray.CreateBuilder<Allowance>();
        var source = new Source(file, text);
        foreach (var comment in Comments(text))
        {
            var line = (int)comment.Start.Line;
            if (source.Line(line) is not { } whole || Spoken().Match(whole, (int)comment.Start.Column - 1) is not { Success: true } spoken)
                continue;
            if (Said().Match(spoken.Value) is not { Success: true } said)
                findings.Add(Finding.Warning("allow-unclear", new Place(file, line, spoken.Index + 1, spoken.Length), "a comment speaks to Weft and is not understood",
                    "the only thing that a comment tells Weft is which rule may be broken here, and why", "write # weft: allow RULE because REASON, with the id of the rule and a reason that the next person believes"));
            else if (Meant(source, line, comment.IsInline) is { } meant)
                found.Add(new(At.Of(said.Groups["rule"].Value, new Place(file, line, spoken.Index + said.Groups["rule"].Index + 1, said.Groups["rule"].Length)), meant, said.Groups["reason"].Value));
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

    /// <summary>The line that a comment speaks of; null where nothing follows.</summary>
    private static int? Meant(Source source, int line, bool isInline)
    {
        if (isInline)
            return line;
        for (var next = line + 1; source.Line(next) is { } text; next++)
            if (text.AsSpan().Trim() is { Length: > 0 } held && held[0] != '#')
                return next;
        return null;
    }

    [GeneratedRegex(@"\G\s*#\s*weft:.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"#\s*weft:\s*allow\s+(?<rule>[A-Za-z0-9_-]+)\s+because\s+(?<reason>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
