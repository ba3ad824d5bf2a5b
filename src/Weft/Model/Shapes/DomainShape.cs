// A domain's name as a resolver takes it: labels of letters, digits, hyphens and underscores (RFC 1035; names of services and
// hosts that break it with an underscore are many). It ends in no dot: what is tried behind a name is tried from the root.

using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>A domain such as `example.org`. Canonical: lower case.</summary>
public sealed record DomainShape : Scalar
{
    private const int Longest = 253, LongestLabel = 63;

    public override string Wanted => "a domain such as example.org";

    public override Parsed Parse(string text)
    {
        var name = text.TrimEnd('.').ToLowerInvariant();
        return name.Length is 0 or > Longest || text.EndsWith("..", StringComparison.Ordinal) || name.Split('.').Any(label => label.Length is 0 or > LongestLabel || label[0] == '-' || !label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            ? Parsed.Bad("is none") : Parsed.Good(Value.Of(name));
    }

    public override JsonObject AsJson() => Pattern.Text("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
}
