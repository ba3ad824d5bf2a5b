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

/// <summary>An address of the group that no bridge forwards (IEEE 802.1Q, table 8-1), but for those of pause frames, LACP and 802.1X, which the kernel gives no bridge as its own.</summary>
public sealed record LinkLocalGroup : Scalar
{
    /// <summary>The bridge group address, and the one that provider bridges have for themselves.</summary>
    public const string Customer = "01:80:c2:00:00:00", Provider = "01:80:c2:00:00:08";

    public override string Wanted => "01:80:c2:00:00:00, or 01:80:c2:00:00:04 to 01:80:c2:00:00:0f";

    public override bool Quoted => true;

    public override Parsed Parse(string text)
    {
        if (new MacShape(Unicast: false).Parse(text) is not { Value: Value.Word { Text: var mac } } read)
            return Parsed.Bad("is no address");
        return mac[..^1] == Customer[..^1] && mac[^1] is not ('1' or '2' or '3') ? read : Parsed.Bad("is no group that a bridge may have for itself");
    }

    public override JsonObject AsJson() => Pattern.Text($"(?:{Spelled(':')}|{Spelled('-')})");

    private static string Spelled(char between) => string.Join(between, "0?1", "80", "[cC]2", "0{1,2}", "0{1,2}", "0?[04-9A-Fa-f]");
}

/// <summary>How many routers what a tunnel sends may pass: a number, or that of the packet inside.</summary>
public sealed record TtlShape : Scalar
{
    public const string Inherit = "inherit";

    private static readonly Count Number = new(0, byte.MaxValue);

    public override string Wanted => $"{Number.Wanted}, or {Inherit}";

    public override Parsed Parse(string text) => text == Inherit ? Parsed.Good(Value.Of(Inherit)) : Number.Parse(text);

    public override JsonObject AsJson() => Pattern.AnyOf(Number.AsJson(), new JsonObject { ["const"] = Inherit });
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
