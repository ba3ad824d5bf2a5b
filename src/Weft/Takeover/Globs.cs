// Lists of patterns as systemd and ifupdown write them: `eth* !eth3`. A pattern knows * and ? and [abc]; a list that begins
// with ! means everything else.

namespace Weft.Takeover;

internal static class Globs
{
    /// <summary>Whether a text is what one of the patterns says, or, where the first begins with !, what none of them says.</summary>
    public static bool Match(string patterns, string text)
    {
        var list = patterns.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var inverted = list is [['!', ..], ..];
        return list.Length > 0 && inverted != list.Any(pattern => One(pattern.TrimStart('!'), text));
    }

    /// <summary>A bounded walk: after a star that does not fit, it goes back to that star and never further.</summary>
    public static bool One(string pattern, string text)
    {
        var (at, from, star, mark) = (0, 0, -1, 0);
        while (from < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, mark, at) = (at, from, at + 1);
            else if (at < pattern.Length && Fits(pattern, at, text[from]) is > 0 and var length)
                (at, from) = (at + length, from + 1);
            else if (star >= 0)
                (at, from) = (star + 1, ++mark);
            else
                return false;
        }
        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    /// <summary>How much of the pattern stands for this letter; 0 where it does not.</summary>
    private static int Fits(string pattern, int at, char letter)
    {
        if (pattern[at] == '[' && pattern.IndexOf(']', at + 1) is > 0 and var end)
        {
            var inside = pattern[(at + 1)..end].TrimStart('!', '^');
            var within = inside.Contains(letter, StringComparison.Ordinal);
            for (var dash = 1; dash + 1 < inside.Length; dash++)
                within |= inside[dash] == '-' && inside[dash - 1] <= letter && letter <= inside[dash + 1];
            return within != (pattern[at + 1] is '!' or '^') ? end - at + 1 : 0;
        }
        return pattern[at] == '?' || pattern[at] == letter ? 1 : 0;
    }
}
