// A user's text inside a sentence of ours: in quotes, clipped, with everything that could drive a terminal or hide from the
// eye spelled out. Files are hostile until parsed, and their texts stay hostile in messages.

using System.Globalization;
using System.Text;

namespace Weft.Text;

public static class Quote
{
    private const int Longest = 60;

    /// <summary>The text in double quotes, at most 60 characters of it.</summary>
    public static string Of(string text) => "\"" + Short(text) + "\"";

    /// <summary>The same without quotes.</summary>
    public static string Short(string text) => Clean(text.Length > Longest ? text[..Longest] + "…" : text);

    /// <summary>The text with control, format and separator characters and lone surrogates as `\x1b` or `\u202e`.</summary>
    public static string Clean(string text)
    {
        var first = FirstHidden(text, 0);
        if (first < 0)
            return text;
        var clean = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var at = first; at < text.Length; at++)
            if (IsHidden(text, at))
                clean.Append(Escape(text[at]));
            else
                clean.Append(text[at]);
        return clean.ToString();
    }

    /// <summary>Whether the UTF-16 unit at this index must not reach a terminal as it is.</summary>
    public static bool IsHidden(string text, int at) => char.GetUnicodeCategory(text[at]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => !IsPaired(text, at) || CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[at]) ? at - 1 : at) is UnicodeCategory.Format,
        _ => false,
    };

    public static string Escape(char letter) => letter < 0x100 ? $"\\x{(int)letter:x2}" : $"\\u{(int)letter:x4}";

    private static int FirstHidden(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
            if (IsHidden(text, at))
                return at;
        return -1;
    }

    private static bool IsPaired(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
