// A source line and the carets under the value that a finding means. What is shown is what can be shown: control and
// format characters as escapes, tabs as tabs in both rows so that the carets stay below, wide letters as two columns, and a
// long line as the window around the value.

using System.Globalization;
using System.Text;

namespace Weft.Text;

/// <summary>Two rows: the line, and the carets.</summary>
internal readonly record struct Snippet(string Line, string Carets)
{
    private const int Widest = 120;
    private const int Before = 40;

    /// <param name="line">The source line, as it is in the file.</param>
    /// <param name="column">The value's first column, from 1, in UTF-16 units.</param>
    /// <param name="length">How many units it covers.</param>
    public static Snippet Of(string line, int column, int length)
    {
        var start = Math.Clamp(column - 1, 0, line.Length);
        var from = line.Length <= Widest || start <= Before ? 0 : Whole(line, start - Before);
        var to = line.Length - from <= Widest ? line.Length : Whole(line, from + Widest);
        var end = Math.Min(to, start + Math.Max(1, length));
        var (shown, carets) = (new StringBuilder(), new StringBuilder());
        if (from > 0)
            (shown, carets) = (shown.Append('…'), carets.Append(' '));
        for (var at = from; at < to; at++)
        {
            var (text, width) = Letter(line, at);
            shown.Append(text);
            if (at < start)
                carets.Append(text == "\t" ? "\t" : new string(' ', width));
            else if (at < end)
                carets.Append('^', width);
        }
        if (start >= to)
            carets.Append('^');
        return new(shown.Append(to < line.Length ? "…" : "").ToString(), carets.ToString());
    }

    /// <summary>The same index, or one before it where it would cut a surrogate pair.</summary>
    private static int Whole(string line, int at) => at > 0 && at < line.Length && char.IsLowSurrogate(line[at]) ? at - 1 : at;

    private static (string Text, int Width) Letter(string line, int at)
    {
        if (line[at] == '\t')
            return ("\t", 1);
        if (Quote.IsHidden(line, at))
            return (Quote.Escape(line[at]), Quote.Escape(line[at]).Length);
        if (char.IsLowSurrogate(line[at]))
            return (line[at].ToString(), 0);
        var rune = char.IsHighSurrogate(line[at]) ? char.ConvertToUtf32(line, at) : line[at];
        var width = CharUnicodeInfo.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : IsWide(rune) ? 2 : 1;
        return (line[at].ToString(), width);
    }

    /// <summary>East Asian wide and full-width letters and the usual emoji blocks (Unicode TR 11), as terminals draw them.</summary>
    private static bool IsWide(int rune) => rune is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD);
}
