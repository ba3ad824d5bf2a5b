// CSV as RFC 4180 has it: commas, quotes around fields that hold commas, quotes or line ends, a quote doubled inside. Each field knows its place.
// Blanks around a field that is not quoted, and empty lines, count for nothing.

using System.Text;
using Weft.Text;

namespace Weft.Twin.Flows;

/// <summary>A field.</summary>
internal readonly record struct Cell(string Text, Place Place);

internal sealed class CsvText(string file, string text)
{
    private int at = text.StartsWith('\ufeff') ? 1 : 0, line = 1, lineStart = text.StartsWith('\ufeff') ? 1 : 0;

    /// <summary>The fields of the next line that has any; null at the end.</summary>
    /// <param name="wrong">What is wrong with its quotes; what stands on the rest of that line is passed over.</param>
    public List<Cell>? Next(out Finding? wrong)
    {
        wrong = null;
        while (at < text.Length && text[at] is '\r' or '\n' or ' ' or '\t')
            if (text[at] is '\r' or '\n')
                EndLine();
            else
                at++;
        if (at >= text.Length)
            return null;
        for (var cells = new List<Cell>(); ; at++)
        {
            var (cell, bad) = Field();
            cells.Add(cell);
            if ((wrong = bad) is not null)
                at = text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var end ? at + end : text.Length;
            if (at < text.Length && text[at] == ',')
                continue;
            if (at < text.Length)
                EndLine();
            return cells;
        }
    }

    private (Cell, Finding?) Field()
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        if (at < text.Length && text[at] == '"')
            return Quoted();
        var start = at;
        var end = text.AsSpan(at).IndexOfAny(",\r\n");
        at = end < 0 ? text.Length : at + end;
        var said = text[start..at].TrimEnd();
        var place = Here(start, said.Length);
        return (new(said, place), said.Contains('"', StringComparison.Ordinal) ? Wrong(place, $"{Quote.Of(said)} has a quote in it and does not begin with one") : null);
    }

    private (Cell, Finding?) Quoted()
    {
        var (start, opened) = (at, Here(at, 1));
        var said = new StringBuilder();
        for (at++; at < text.Length; at++)
            if (text[at] != '"')
            {
                said.Append(text[at]);
                if (text[at] == '\n' || text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'))
                    (line, lineStart) = (line + 1, at + 1);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
                said.Append(text[at++]);
            else
            {
                at++;
                while (at < text.Length && text[at] is ' ' or '\t')
                    at++;
                var cell = new Cell(said.ToString(), opened with { Length = line == opened.Line ? at - start : 1 });
                return (cell, at == text.Length || text[at] is ',' or '\r' or '\n' ? null : Wrong(Here(at, 1), $"a field goes on behind its closing quote with {Quote.Of(text[at..(at + 1)])}"));
            }
        return (new(said.ToString(), opened), Wrong(opened, "this quote is never closed"));
    }

    private static Finding Wrong(Place place, string what) =>
        Finding.Error("flow-quote", place, what, "a field that holds a comma, a quote or a line end stands in quotes, and a quote inside is doubled (RFC 4180)", "close the quotes, or leave them out: no field of a flow needs them");

    private Place Here(int from, int length) => new(file, line, from - lineStart + 1, Math.Max(length, 1));

    private void EndLine()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        (line, lineStart) = (line + 1, at);
    }
}
