// One act on one file, with what was there before: so that every act is its own way back.

namespace Weft.Takeover;

/// <summary>Puts one thing in the place of another.</summary>
/// <param name="Path">Where.</param>
/// <param name="Before">What stands there now; null for nothing.</param>
/// <param name="After">What is to stand there; null for nothing.</param>
/// <param name="Of">Whom it is about: `ifupdown`.</param>
/// <param name="Why">Why, as a clause: `so that … `.</param>
public sealed record Act(string Path, Entry? Before, Entry? After, string Of, string Why)
{
    /// <summary>`write`, `replace` or `remove`.</summary>
    public string Verb => Before is null ? "write" : After is null ? "remove" : "replace";

    /// <summary>The folder that the path is in.</summary>
    public static string FolderOf(string path) => path[..Math.Max(1, path.LastIndexOf('/'))];

    /// <summary>The last part of the path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
