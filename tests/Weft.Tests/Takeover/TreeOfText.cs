// A machine's files in memory, for the readers and for acts: texts by path, folders as far as files need them. It can refuse
// a write, or die in the middle of it, at the nth one.

using System.Collections.Immutable;
using System.Text;
using Weft.Takeover;

namespace Weft.Tests.Takeover;

internal sealed class TreeOfText : IFiles
{
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public TreeOfText(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            Add(path, Entry.File(text));
    }

    /// <summary>Which write is refused, from 1; 0 for none.</summary>
    public int Refused { get; set; }

    /// <summary>Whether the refused write, and all after it, die: the process is gone.</summary>
    public bool Dies { get; set; }

    public int Writes { get; private set; }

    public TreeOfText Add(string path, Entry entry)
    {
        for (var at = path.IndexOf('/', 1); at > 0; at = path.IndexOf('/', at + 1))
            entries.TryAdd(path[..at], Entry.Folder());
        entries[path] = entry;
        return this;
    }

    public string Text(string path) => entries[path].Text;

    /// <summary>Everything there is, for comparing.</summary>
    public string Whole => string.Concat(entries.Select(pair => $"{pair.Key} {pair.Value.Kind} {pair.Value.Mode} {pair.Value.Owner} {Convert.ToBase64String(pair.Value.Content.AsSpan())}\n"));

    public ImmutableArray<string> List(string folder) => [.. entries.Keys.Where(path => path.LastIndexOf('/') == folder.Length && path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(Act.NameOf)];

    public (ImmutableArray<byte>? Content, string? Wrong) Read(string path) => entries.GetValueOrDefault(path) switch
    {
        null => (null, null),
        { Kind: EntryKind.Link } link => Read(link.Text),
        { Kind: EntryKind.Folder } => (null, "is no file"),
        var file => (file.Content, null),
    };

    public (Entry? Entry, string? Wrong) Look(string path) => (entries.GetValueOrDefault(path), null);

    public string? Put(string path, Entry? entry)
    {
        Writes++;
        if (Refused > 0 && (Dies ? Writes >= Refused : Writes == Refused))
            return Dies ? throw new Gone() : $"{path} could not be written: No space left on device";
        if (entry is not null)
            entries[path] = entry;
        else if (!List(path).IsEmpty)
            return "Directory not empty";
        else
            entries.Remove(path);
        return null;
    }

    /// <summary>The process is not there any more.</summary>
    internal sealed class Gone : Exception;
}
