// YAML as a small tree of our own: texts, lists and maps, each with its place. It knows nothing of the host file; types,
// names and ranges are the walk's. What a finding has already refused is a `LostNode`, so that nobody speaks of it again.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Spec;

/// <summary>A node of the file.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Where it begins in the text, in UTF-16 units.</summary>
    public int From { get; init; }

    /// <summary>Behind its last character; of a list or map without brackets there is none, and it ends with its last entry.</summary>
    public int To { get; init; }

    /// <summary>What it is, for a message.</summary>
    public abstract string Noun { get; }
}

/// <param name="place">Where it stands.</param>
/// <param name="text">Its text, escapes resolved.</param>
/// <param name="plain">Written without quotes: only such a text can be a null or an octal number to another reader.</param>
internal sealed class TextNode(Place place, string text, bool plain) : Node(place)
{
    public string Text { get; } = text;
    public bool Plain { get; } = plain;
    public bool IsNull => Plain && Text is ("" or "~" or "null" or "Null" or "NULL");
    public override string Noun => IsNull ? "nothing" : Quote.Of(Text);
}

internal sealed class ListNode(Place place, ImmutableArray<Node> items) : Node(place)
{
    /// <summary>In brackets.</summary>
    public bool IsFlow { get; init; }

    public ImmutableArray<Node> Items { get; } = items;
    public override string Noun => "a list";
}

internal sealed record MapEntry(TextNode Key, Node Value);

/// <summary>Keys are unique: a second of the same name was refused while reading.</summary>
internal sealed class MapNode(Place place, ImmutableArray<MapEntry> entries) : Node(place)
{
    /// <summary>In braces.</summary>
    public bool IsFlow { get; init; }

    public ImmutableArray<MapEntry> Entries { get; } = entries;
    public override string Noun => "a map";
}

internal sealed class LostNode(Place place) : Node(place)
{
    public override string Noun => "what was refused";
}
