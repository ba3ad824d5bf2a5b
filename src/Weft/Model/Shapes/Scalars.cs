// The scalars of the host file: flags, counts with units, option words, free text.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>true or false. on/off/yes/no/1/0 are read as well, since `ip` and the kernel print them.</summary>
public sealed record FlagShape : Scalar
{
    private static readonly string[] Words = ["true", "false", "on", "off", "yes", "no"];

    public override string Wanted => "true or false";

    public override Parsed Parse(string text) => text.ToLowerInvariant() switch
    {
        "true" or "on" or "yes" or "1" => Parsed.Good(Value.Of(true)),
        "false" or "off" or "no" or "0" => Parsed.Good(Value.Of(false)),
        _ => Parsed.Bad("is neither"),
    };

    public override JsonObject AsJson() => Pattern.AnyOf(
        new JsonObject { ["type"] = "boolean" },
        new JsonObject { ["enum"] = new JsonArray(0, 1) },
        Pattern.Text(string.Join('|', Words.Select(word => string.Concat(word.Select(letter => $"[{char.ToUpperInvariant(letter)}{letter}]")))) + "|[01]"));
}

/// <summary>The unit that a plain number stands for.</summary>
public enum Unit
{
    None,
    Milliseconds,
    Seconds,

    /// <summary>1/100 s, in which netlink tells a bridge's times (USER_HZ).</summary>
    Hundredths,

    Bytes,

    /// <summary>Bits; `0x` begins the number as `ip` prints it.</summary>
    Mask,
}

/// <summary>A whole number in a range. `100ms` and `2s` are read where the unit is a time, `0x8` where it is a mask.</summary>
public sealed record Count(long Least, long Most, Unit Unit = Unit.None) : Scalar
{
    public override string Wanted => (Least == Most ? $"{Least}" : $"a number from {Least} to {Most}") + Unit switch
    {
        Unit.Milliseconds => " (ms)",
        Unit.Seconds => " (s)",
        Unit.Hundredths => " (1/100 s)",
        Unit.Mask => " or in hexadecimal, such as 0x4000",
        Unit.Bytes => " (bytes)",
        _ => "",
    };

    /// <summary>The rule that a number out of range breaks.</summary>
    public string RangeRule { get; init; } = "out-of-range";

    /// <summary>Why a number out of range is refused; null where the rule says enough.</summary>
    public string? RangeWhy { get; init; }

    public override Parsed Parse(string text)
    {
        if (Unit == Unit.Mask && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            return bits < Least || bits > Most ? Outside : Parsed.Good(Value.Of(bits));
        var (digits, factor) = Split(text);
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return digits.Length > 18 && digits.AsSpan().TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0 ? Outside : Parsed.Bad("is not a number");
        if (factor == 0 || number % (factor < 0 ? -factor : 1) != 0)
            return Parsed.Bad("is not in the unit of this key");
        var (scaled, overflow) = Scale(number, factor);
        if (overflow || scaled < Least || scaled > Most)
            return Outside;
        return Parsed.Good(Value.Of(scaled));
    }

    public override JsonObject AsJson() => Pattern.AnyOf(
        new JsonObject { ["type"] = "integer", ["minimum"] = Least, ["maximum"] = Most },
        Pattern.Text(Pattern.Number(Least, Most) + Unit switch
        {
            Unit.Milliseconds => "(?:ms)?|[0-9]+s",
            Unit.Seconds => "s?|[0-9]+ms",
            Unit.Hundredths => "|[0-9]+s|[0-9]+0ms",
            Unit.Mask => "|0[xX][0-9a-fA-F]+",
            _ => "",
        }));

    /// <summary>A key is a text, in JSON as in the kernel.</summary>
    public override JsonObject KeyAsJson() => Pattern.Text(Pattern.Number(Least, Most));

    private Parsed Outside => Parsed.Bad(Least == Most ? "is another" : $"is outside {Least} to {Most}", RangeRule);

    private static (long, bool) Scale(long number, long factor) =>
        factor < 0 ? (number / -factor, false) : (Math.Abs(number) > long.MaxValue / factor) ? (0, true) : (number * factor, false);

    /// <summary>The digits and what to multiply (positive) or divide (negative) by; 0 where the unit does not fit.</summary>
    private (string Digits, long Factor) Split(string text) => (Unit, text) switch
    {
        (Unit.Milliseconds, _) when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 1),
        (Unit.Milliseconds, _) when text.EndsWith('s') => (text[..^1], 1000),
        (Unit.Hundredths, _) when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], -10),
        (Unit.Hundredths, _) when text.EndsWith('s') => (text[..^1], 100),
        (Unit.Seconds, _) when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], -1000),
        (Unit.Seconds, _) when text.EndsWith('s') => (text[..^1], 1),
        _ => (text, 1),
    };
}

/// <summary>A lifetime in seconds, or forever.</summary>
public sealed record SecondsShape(long Least) : Scalar
{
    /// <summary>All ones is forever (INFINITY_LIFE_TIME).</summary>
    private readonly Count count = new(Least, uint.MaxValue - 1, Unit.Seconds) { RangeWhy = Least > 0 ? "the kernel takes no address whose time is over (EINVAL)" : null };

    public override string Wanted => $"{count.Wanted}, or {Lifetime.ForeverWord}";

    public override Parsed Parse(string text) => text == Lifetime.ForeverWord ? Parsed.Good(Value.Of(text)) : count.Parse(text);

    public override JsonObject AsJson() => Pattern.AnyOf(count.AsJson(), new JsonObject { ["const"] = Lifetime.ForeverWord });

    /// <summary>Why a number out of range is refused; null where the rule says enough.</summary>
    public string? RangeWhy => count.RangeWhy;
}

/// <summary>An option's word, and the kernel's number for it.</summary>
public sealed record Choice(long Number, string Word);

/// <summary>One of the kernel's option words; the kernel's number for it is read too.</summary>
public sealed record OneOf(ImmutableArray<Choice> Words) : Scalar
{
    public OneOf(params string[] words)
        : this([.. words.Select((word, number) => new Choice(number, word))])
    {
    }

    public override string Wanted => "one of " + string.Join(", ", Words.Select(pair => pair.Word));

    public override Parsed Parse(string text)
    {
        foreach (var (number, word) in Words)
            if (text == word || text == number.ToString(CultureInfo.InvariantCulture))
                return Parsed.Good(Value.Of(word));
        return Parsed.Bad("is none of them" + Weft.Text.Nearest.Hint(text, Words.Select(pair => pair.Word)));
    }

    public override JsonObject AsJson() => Pattern.AnyOf(
        new JsonObject { ["enum"] = new JsonArray([.. Words.Select(pair => (JsonNode)pair.Word)]) },
        new JsonObject { ["enum"] = new JsonArray([.. Words.Select(pair => (JsonNode)pair.Number)]) },
        new JsonObject { ["enum"] = new JsonArray([.. Words.Select(pair => (JsonNode)pair.Number.ToString(CultureInfo.InvariantCulture))]) });

    /// <summary>The kernel's number of a word.</summary>
    public long NumberOf(string word) => Words.First(pair => pair.Word == word).Number;

    /// <summary>The word of a kernel's number; the number itself where this table is older than the kernel.</summary>
    public string WordOf(long number)
    {
        foreach (var pair in Words)
            if (pair.Number == number)
                return pair.Word;
        return number.ToString(CultureInfo.InvariantCulture);
    }

    public bool Equals(OneOf? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => Words.Length;
}

/// <summary>Free text on one line.</summary>
public sealed record TextShape(string Noun, int Longest = 255) : Scalar
{
    public override string Wanted => Noun;

    public override Parsed Parse(string text) =>
        text.Length == 0 ? Parsed.Bad("is empty")
        : text.Length > Longest ? Parsed.Bad($"is longer than {Longest} characters")
        : text.Any(char.IsControl) ? Parsed.Bad("holds control characters")
        : Parsed.Good(Value.Of(text));

    public override JsonObject AsJson() => new() { ["type"] = new JsonArray("string", "number"), ["minLength"] = 1, ["maxLength"] = Longest };
}

/// <summary>A name that is no link's: of a host, guest, switch, network. It must do as a namespace's and a host's name.</summary>
public sealed record NameShape : Scalar
{
    public override string Wanted => "a name of letters, digits, '.', '_' and '-'";

    public override Parsed Parse(string text) =>
        text.Length is 0 or > 63 ? Parsed.Bad("has not 1 to 63 characters", "name-refused")
        : !char.IsAsciiLetterOrDigit(text[0]) ? Parsed.Bad("does not begin with a letter or digit", "name-refused")
        : text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') ? Parsed.Good(Value.Of(text))
        : Parsed.Bad("holds other characters", "name-refused");

    public override JsonObject AsJson() => Pattern.Name("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
}
