// What is to be done so that all pieces are there, or none. Nothing is done to a piece that is there already; somebody else's
// file of the same name stops all of it before the first is written.

using System.Collections.Immutable;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Install;

/// <summary>What installing, or removing, comes to.</summary>
/// <param name="Release">The acts; none where everything is as it should be.</param>
/// <param name="Findings">Errors where it is not to be done.</param>
public sealed record Installation(Release Release, ImmutableArray<Finding> Findings)
{
    /// <summary>Every piece in its place.</summary>
    public static Installation Of(IEnumerable<Piece> pieces, IFiles files)
    {
        var all = Of(pieces, files, piece => piece.Entry, Severity.Error);
        return all with { Release = all.Release.WithFolders(files) };
    }

    /// <summary>Every piece away. What is not Weft's stays, and is told.</summary>
    public static Installation Removal(IEnumerable<Piece> pieces, IFiles files) => Of(pieces.Reverse(), files, _ => null, Severity.Advice);

    private static Installation Of(IEnumerable<Piece> pieces, IFiles files, Func<Piece, Entry?> wish, Severity foreign)
    {
        var (acts, findings) = (ImmutableArray.CreateBuilder<Act>(), ImmutableArray.CreateBuilder<Finding>());
        foreach (var piece in pieces)
        {
            var (there, wrong) = files.Look(piece.Path);
            if (wrong is not null)
                findings.Add(Finding.Error("file-unreadable", Place.None, $"{piece.Path}: {wrong}", "it may be somebody's", "see what stands there, then run it again"));
            else if (there is not null && !piece.IsOurs(there))
                findings.Add(new("file-not-ours", foreign, Place.None, $"{piece.Path} is there, and Weft did not write it", "what somebody else put there may be needed",
                    foreign == Severity.Error ? $"move it away{(there.Kind == EntryKind.Link && there.Text == "/dev/null" ? $" (systemctl unmask {Act.NameOf(piece.Path)})" : "")}, then install again" : "nothing, or remove it by hand"));
            else if (!Entry.Same(wish(piece), there))
                acts.Add(new(piece.Path, there, wish(piece), "weft", "it belongs to Weft"));
        }
        return new(new Release(acts.ToImmutable()), findings.ToImmutable());
    }
}
