// One thing that `weft install` leaves on the machine, and how it is known again as Weft's own. What is not, is never
// overwritten and never removed.

using Weft.Takeover;

namespace Weft.Install;

/// <summary>A file, or a symbolic link.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Entry">What it is.</param>
/// <param name="Mark">What every version of it has near its beginning, and nothing else would.</param>
public sealed record Piece(string Path, Entry Entry, string Mark)
{
    private const int NearTheBeginning = 400;

    public static Piece File(string path, string text, string mark) => new(path, Entry.File(text), mark);

    /// <summary>Whether what stands there is a piece of Weft's, of this version or another.</summary>
    public bool IsOurs(Entry there) => there.Kind == Entry.Kind && (Entry.Kind == EntryKind.Link
        ? Act.NameOf(there.Text) == Act.NameOf(Entry.Text)
        : there.Text is var text && text.AsSpan(0, Math.Min(text.Length, NearTheBeginning)).Contains(Mark, StringComparison.Ordinal));
}
