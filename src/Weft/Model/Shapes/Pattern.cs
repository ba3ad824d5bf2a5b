// Regular expressions of the JSON schema, in the part of the language that ECMA 262 and Python share. They say what can be
// said without counting; what they let through is still judged when the file is read.

using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>Regular expressions for texts.</summary>
internal static class Pattern
{
    public static string Ip4 { get; } = string.Join("\\.", Enumerable.Repeat(Number(0, 255), 4));

    /// <summary>Digits and colons in plenty; which are an address, the reader knows.</summary>
    public const string Ip6 = "(?=[^/]*:)[0-9A-Fa-f:.]{2,45}";

    /// <summary>The whole of a text.</summary>
    public static JsonObject Text(string expression) => new() { ["type"] = "string", ["pattern"] = $"^(?:{expression})$" };

    /// <summary>A name: YAML readers take one of digits alone for a number.</summary>
    public static JsonObject Name(string expression) => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = $"^(?:{expression})$" };

    public static JsonObject AnyOf(params JsonNode[] kinds) => new() { ["anyOf"] = new JsonArray(kinds) };

    /// <summary>Decimal numbers in a range, without leading zeros.</summary>
    public static string Number(long least, long most) =>
        least >= 0 ? Joined(Positive(least, most))
        : most < 0 ? $"-{Number(-most, -least)}"
        : $"(?:-{Joined(Positive(1, -least))}|{Joined(Positive(0, most))})";

    private static string Joined(IEnumerable<string> kinds) => $"(?:{string.Join('|', kinds)})";

    /// <summary>The range cut where the count of digits changes, and each part digit by digit.</summary>
    private static IEnumerable<string> Positive(long least, long most)
    {
        for (var from = least; from <= most;)
        {
            var digits = from.ToString(CultureInfo.InvariantCulture).Length;
            var last = digits == 19 ? most : Math.Min(most, Power(digits) - 1);
            foreach (var part in SameLength(from.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)))
                yield return part;
            if (last == most)
                yield break;
            from = last + 1;
        }
    }

    private static IEnumerable<string> SameLength(string from, string until)
    {
        var rest = from.Length - 1;
        if (rest == 0)
            return [Digit(from[0], until[0])];
        if (from[0] == until[0])
            return SameLength(from[1..], until[1..]).Select(part => from[0] + part);
        var parts = new List<string>();
        // The digits in front at which the rest is free run from `low` to `high`; at the two ends it may not be.
        var (low, high) = (from[0], until[0]);
        if (from[1..].AsSpan().ContainsAnyExcept('0'))
            parts.AddRange(SameLength(from[1..], new string('9', rest)).Select(part => from[0] + part));
        if (parts.Count > 0)
            low++;
        if (until[1..].AsSpan().ContainsAnyExcept('9'))
            high--;
        if (low <= high)
            parts.Add(Digit(low, high) + (rest == 1 ? "[0-9]" : $"[0-9]{{{rest}}}"));
        if (high < until[0])
            parts.AddRange(SameLength(new string('0', rest), until[1..]).Select(part => until[0] + part));
        return parts;
    }

    private static string Digit(char from, char until) => from == until ? $"{from}" : $"[{from}-{until}]";

    private static long Power(int digits)
    {
        var power = 1L;
        for (var at = 0; at < digits; at++)
            power *= 10;
        return power;
    }
}
