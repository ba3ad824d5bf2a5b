// What a file's text may hold at all, looked at before YAML is. Bytes that are no text stop the file; so do the three
// characters that end a line for a YAML 1.1 reader and not for a 1.2 reader, since the two would see different files.
// Tab indentation is named here, because YAML's own message for it is of no use to anybody.

using Weft.Text;

namespace Weft.Spec;

internal static class Characters
{
    /// <summary>The first character that no host file may hold, as a finding; null where there is none.</summary>
    public static Finding? Refused(string file, string text)
    {
        var (line, start) = (1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n' || letter == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'))
                (line, start) = (line + 1, at + 1);
            else if (Wrong(text, at) is { } wrong)
                return Finding.Error("yaml-syntax", new Place(file, line, at - start + 1), $"the file holds {wrong}", "a host file is UTF-8 text, and every YAML reader must see the same lines in it",
                    "remove that character; inside double quotes it can be written as an escape");
        }
        return null;
    }

    /// <summary>The first line that is indented with a tab; null where there is none.</summary>
    public static Finding? TabIndent(string file, string text)
    {
        var line = 1;
        var (first, others) = (default(Place?), 0);
        for (var at = 0; at < text.Length; line++)
        {
            var start = at;
            while (at < text.Length && text[at] == ' ')
                at++;
            if (at < text.Length && text[at] == '\t')
            {
                var tab = at;
                while (at < text.Length && text[at] is ' ' or '\t')
                    at++;
                if (at < text.Length && text[at] is not ('\n' or '\r' or '#'))
                {
                    if (first is null)
                        first = new Place(file, line, tab - start + 1);
                    else
                        others++;
                }
            }
            while (at < text.Length && text[at] is not ('\n' or '\r'))
                at++;
            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
        }
        return first is not { } place ? null
            : Finding.Error("tab-indent", place, "this line is indented with a tab" + others switch { 0 => "", 1 => "; so is another", _ => $"; so are {others} others" },
                "YAML indents with spaces only, since a tab has no agreed width", "replace each tab at the beginning of a line by spaces");
    }

    private static string? Wrong(string text, int at) => text[at] switch
    {
        '\t' or '\r' or '\n' => null,
        '\ufffd' => "bytes that are not UTF-8",
        '\ufeff' => "a byte order mark behind its first character",
        '\u0085' or '\u2028' or '\u2029' => $"the line separator U+{(int)text[at]:X4}",
        < ' ' or (>= '\u007f' and < '\u00a0') => $"the control character U+{(int)text[at]:X4}",
        '\ufffe' or '\uffff' => $"U+{(int)text[at]:X4}, which is no character",
        _ when char.IsHighSurrogate(text[at]) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? null : "half a character (a lone surrogate)",
        _ when char.IsLowSurrogate(text[at]) => at > 0 && char.IsHighSurrogate(text[at - 1]) ? null : "half a character (a lone surrogate)",
        _ => null,
    };
}
