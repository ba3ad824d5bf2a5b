// A file's text by lines, for showing the line of a finding. Lines end where the reader says they do: LF, CRLF or CR.

namespace Weft.Text;

/// <summary>A file that was read, for the messages about it.</summary>
public sealed class Source
{
    private readonly string text;
    private readonly List<(int Start, int Length)> lines = [];

    /// <param name="file">The name that places carry.</param>
    /// <param name="text">Its text; a byte order mark at its beginning belongs to no line.</param>
    public Source(string file, string text)
    {
        (File, this.text) = (file, text);
        var start = text.StartsWith('\ufeff') ? 1 : 0;
        while (start <= text.Length)
        {
            var end = text.AsSpan(start).IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length : start + end;
            lines.Add((start, end - start));
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    public string File { get; }

    /// <summary>The line of this number, from 1, without its end; null where the file has no such line.</summary>
    public string? Line(int number) => number >= 1 && number <= lines.Count ? text.Substring(lines[number - 1].Start, lines[number - 1].Length) : null;
}
