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

/// <summary>A name that a driver or the kernel gives to something of a NIC: a feature, a link mode (ETH_GSTRING_LEN: 31 letters).</summary>
public sealed record HardwareName(string Noun) : Scalar
{
    private const int Longest = 31;

    public override string Wanted => Noun;

    public override Parsed Parse(string text) =>
        text.Length is 0 or > Longest ? Parsed.Bad($"has not 1 to {Longest} letters")
        : !text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '/' or '.') ? Parsed.Bad("holds letters that no such name has")
        : Parsed.Good(Value.Of(text));

    public override JsonObject AsJson() => Pattern.Text("[A-Za-z0-9_/.-]{1,31}");
}

/// <summary>A PCI function, as lspci and udev print it. Canonical: with its domain, in small letters.</summary>
public sealed record PciShape : Scalar
{
    public override string Wanted => "a PCI address such as \"0000:3b:00.0\"";

    public override bool Quoted => true;

    public override Parsed Parse(string text)
    {
        var lower = text.ToLowerInvariant();
        var whole = lower.Count(letter => letter == ':') == 1 ? $"0000:{lower}" : lower;
        return IsOne(whole) ? Parsed.Good(Value.Of(whole)) : Parsed.Bad("is none");
    }

    public override JsonObject AsJson() => Pattern.Text("(?:[0-9A-Fa-f]{4,8}:)?[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-7]");

    /// <summary>Domain, bus, device, function: `0000:3b:00.0`. A VMD's domain has more than four digits.</summary>
    public static bool IsOne(string text)
    {
        var parts = text.Split(':', '.');
        return parts.Length == 4 && text.Length == parts.Sum(part => part.Length) + 3 && text[parts[0].Length] == ':' && text[^2] == '.'
            && parts[0].Length is >= 4 and <= 8 && parts[1].Length == 2 && parts[2].Length == 2 && parts[3].Length == 1 && parts[3][0] is >= '0' and <= '7'
            && parts.All(part => part.All(char.IsAsciiHexDigitLower));
    }
}
