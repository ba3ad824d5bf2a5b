// What stands at a path: enough of it to make it again byte for byte. Times, extended attributes and ACLs are not part of it.

using System.Collections.Immutable;
using System.Text;

namespace Weft.Takeover;

public enum EntryKind
{
    File,

    /// <summary>A symbolic link; its content is where it leads.</summary>
    Link,

    /// <summary>A folder; its content is empty, and it goes only where it holds nothing.</summary>
    Folder,
}

/// <summary>A file, symbolic link or folder.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Content">The bytes of a file, or of where a symbolic link leads.</param>
/// <param name="Mode">Permission bits, 0644 and the like; of a symbolic link 0777.</param>
/// <param name="Owner">User and group by number; null where it is whoever writes it.</param>
public sealed record Entry(EntryKind Kind, ImmutableArray<byte> Content, int Mode, (int User, int Group)? Owner)
{
    private const int Everybodys = 0x1FF, Readable = 0x1A4, Enterable = 0x1ED;

    /// <summary>A file that everybody may read.</summary>
    public static Entry File(string text) => new(EntryKind.File, [.. Encoding.UTF8.GetBytes(text)], Readable, null);

    public static Entry LinkTo(string target) => new(EntryKind.Link, [.. Encoding.UTF8.GetBytes(target)], Everybodys, null);

    public static Entry Folder() => new(EntryKind.Folder, [], Enterable, null);

    /// <summary>The content as text, whatever it is.</summary>
    public string Text => Encoding.UTF8.GetString(Content.AsSpan());

    /// <summary>Whether the two are the same as far as both say.</summary>
    public bool Matches(Entry? other) => other is not null && Kind == other.Kind && (Kind == EntryKind.Link || Mode == other.Mode)
        && (Owner is null || other.Owner is null || Owner == other.Owner) && Content.AsSpan().SequenceEqual(other.Content.AsSpan());

    /// <summary>Whether both stand for the same, nothing included.</summary>
    public static bool Same(Entry? one, Entry? other) => one is null ? other is null : one.Matches(other);
}
