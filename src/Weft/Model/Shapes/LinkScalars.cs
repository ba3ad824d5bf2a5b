// Scalars that hang on a link beside its name: other names, and a note. The kernel takes nearly anything for both; what it
// took is printed in many places, so what does not show, or drives a terminal, is refused here.

using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>An alternative name (ALTIFNAMSIZ: 127 bytes), with the letters that a link's own name may have.</summary>
public sealed record AltName : Scalar
{
    public const int LongestBytes = 127;

    public override string Wanted => "another name for the link (at most 127 bytes, no '/', ':', '%' or space)";

    public override Parsed Parse(string text) => LinkName.Wrong(text, LongestBytes) is { } wrong ? Parsed.Bad(wrong, "name-refused") : Parsed.Good(Value.Of(text));

    public override JsonObject AsJson() => Pattern.Name("(?!(?:\\.|\\.\\.|all|default)$)[^/:%\\s\\u0000-\\u001f\\u007f]{1,127}");
}

/// <summary>A note on a link (IFALIASZ: 255 bytes).</summary>
public sealed record AliasShape : Scalar
{
    public const int LongestBytes = 255;

    public override string Wanted => "a note of at most 255 bytes";

    public override Parsed Parse(string text) => Wrong(text) is { } wrong ? Parsed.Bad(wrong, "alias-refused") : Parsed.Good(Value.Of(text));

    public override JsonObject AsJson() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1, ["maxLength"] = LongestBytes };

    private static string? Wrong(string text)
    {
        if (text.Length == 0)
            return "is empty";
        if (Encoding.UTF8.GetByteCount(text) is > LongestBytes and var bytes)
            return $"has {bytes} bytes, and a link's note has at most {LongestBytes}";
        for (var at = 0; at < text.Length; at++)
            if (Weft.Text.Quote.IsHidden(text, at) || text[at] == '\ufffd')
                return "holds a control or a hidden character, which would reach the terminal of whoever lists links";
        return null;
    }
}
