// A host file's text changed in one place, with all its comments and layout: a key is set or removed, an item is added to a list. What it
// looks for it finds in the tree that the file was read into, so that an edit is only where a reader would look for the value.

namespace Weft.Spec;

/// <summary>One change of a file's text.</summary>
/// <param name="Path">The keys that lead to the map, from the file's top; an item of a list by its number, from 0.</param>
/// <param name="Key">The key in that map.</param>
public abstract record Edit(IReadOnlyList<string> Path, string Key)
{
    /// <summary>The key has this value from now on, whether it was there or not; maps on the way to it are made.</summary>
    /// <param name="Value">As YAML on one line.</param>
    public sealed record Set(IReadOnlyList<string> Path, string Key, string Value) : Edit(Path, Key);

    /// <summary>The key goes, with its value.</summary>
    public sealed record Remove(IReadOnlyList<string> Path, string Key) : Edit(Path, Key);

    /// <summary>The list under the key gets another item; a single value becomes a list, and a map of entries (ports) gets an empty one.</summary>
    /// <param name="Item">As YAML on one line.</param>
    public sealed record Append(IReadOnlyList<string> Path, string Key, string Item) : Edit(Path, Key);

    /// <summary>A text as a YAML scalar that may stand in brackets too.</summary>
    public static string Scalar(string text) => Plain.OrQuoted(text, flow: true);

    /// <summary>The text with this change; null where it has no such place, or is no YAML.</summary>
    public string? In(string text)
    {
        var mark = text.StartsWith('\ufeff') ? "\ufeff" : "";
        return Tree.Read("", text[mark.Length..], []) is MapNode root && new Editing(text[mark.Length..], root).Do(this) is { } edited ? mark + edited : null;
    }
}

/// <summary>A text that is edited, and its tree.</summary>
internal sealed class Editing(string text, MapNode root)
{
    private readonly string newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public string? Do(Edit edit)
    {
        var (holder, node) = Find(edit.Path);
        if (node is null)
            return edit is Edit.Remove || edit.Path.Count == 0 ? null
                : Do(new Edit.Set([.. edit.Path.SkipLast(1)], edit.Path[^1], $"{{{Edit.Scalar(edit.Key)}: {Value(edit)}}}"));
        // A key without a value: `eth0:`.
        if (node is TextNode { IsNull: true } && holder is not null)
            return edit is Edit.Remove ? null : Replace(holder, $"{{{Edit.Scalar(edit.Key)}: {Value(edit)}}}");
        if (node is not MapNode map)
            return null;
        var entry = map.Entries.FirstOrDefault(one => one.Key.Text == edit.Key);
        return (edit, entry) switch
        {
            (Edit.Remove, null) => null,
            (Edit.Remove, { } there) => Without(map, there),
            (_, null) => With(map, $"{Edit.Scalar(edit.Key)}: {Value(edit)}"),
            (Edit.Append added, { } there) => Append(there, added.Item),
            (_, { } there) => Replace(there, Value(edit)),
        };
    }

    private static string Value(Edit edit) => edit is Edit.Set set ? set.Value : $"[{((Edit.Append)edit).Item}]";

    private (MapEntry? Holder, Node? Node) Find(IReadOnlyList<string> path)
    {
        MapEntry? holder = null;
        Node? node = root;
        foreach (var key in path)
            (holder, node) = node switch
            {
                MapNode map when map.Entries.FirstOrDefault(entry => entry.Key.Text == key) is { } entry => (entry, entry.Value),
                ListNode list when int.TryParse(key, out var at) && at >= 0 && at < list.Items.Length => (null, list.Items[at]),
                _ => (null, (Node?)null),
            };
        return (holder, node);
    }

    /// <summary>Behind the last character of a node.</summary>
    private static int End(Node node) => node switch
    {
        MapNode { IsFlow: false, Entries: [.., var last] } => End(last),
        ListNode { IsFlow: false, Items: [.., var last] } => End(last),
        _ => node.To,
    };

    private static int End(MapEntry entry) => entry.Value is TextNode { IsNull: true, Text.Length: 0 } ? entry.Key.To + 1 : End(entry.Value);

    private string Put(int from, int to, string put) => string.Concat(text.AsSpan(0, from), put, text.AsSpan(to));

    private string? Replace(MapEntry entry, string value) => entry.Value switch
    {
        TextNode { IsNull: true, Text.Length: 0 } => Colon(entry) is >= 0 and var colon ? Put(colon + 1, colon + 1, $" {value}") : null,
        TextNode or MapNode { IsFlow: true } or ListNode { IsFlow: true } => Put(entry.Value.From, entry.Value.To, value),
        _ => Put(entry.Key.From, End(entry), $"{text[entry.Key.From..entry.Key.To]}: {value}"),
    };

    private int Colon(MapEntry entry) => text.IndexOf(':', entry.Key.To);

    private string With(MapNode map, string pair)
    {
        if (map.IsFlow)
            return map.Entries is [.., var last] ? Put(End(last), End(last), $", {pair}") : Put(map.From, map.To, $"{{{pair}}}");
        return Below(End(map.Entries[^1]), Column(map.Entries[0].Key.From), pair);
    }

    /// <summary>A line of its own behind the one that a place is in.</summary>
    private string Below(int place, int column, string line)
    {
        var end = text.AsSpan(place).IndexOfAny('\r', '\n') is >= 0 and var found ? place + found : text.Length;
        return Put(end, end, $"{newline}{new string(' ', column)}{line}");
    }

    private int LineStart(int place) => text.AsSpan(0, place).LastIndexOfAny('\r', '\n') + 1;

    private int Column(int place) => place - LineStart(place);

    private string Without(MapNode map, MapEntry entry)
    {
        var at = map.Entries.IndexOf(entry);
        if (map.Entries.Length == 1)
            return map.IsFlow ? Put(map.From, map.To, "{}") : Put(entry.Key.From, End(entry), "{}");
        if (map.IsFlow)
            return at + 1 < map.Entries.Length ? Put(entry.Key.From, map.Entries[at + 1].Key.From, "") : Put(End(map.Entries[at - 1]), End(entry), "");
        // The first key of an item stands behind its dash, and the second one takes its place.
        if (text[LineStart(entry.Key.From)..entry.Key.From].AsSpan().Trim(' ').Length > 0)
            return Put(entry.Key.From, map.Entries[at + 1].Key.From, "");
        var end = text.AsSpan(End(entry)).IndexOfAny('\r', '\n') is >= 0 and var found ? End(entry) + found : text.Length;
        var behind = end < text.Length ? end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1) : end;
        return Put(LineStart(entry.Key.From), behind, "");
    }

    private string? Append(MapEntry entry, string item)
    {
        switch (entry.Value)
        {
            case TextNode { IsNull: true }:
                return Replace(entry, $"[{item}]");
            case TextNode one:
                return Put(one.From, one.To, $"[{text[one.From..one.To]}, {item}]");
            case ListNode { IsFlow: true, Items: [.., var last] }:
                return Put(End(last), End(last), $", {item}");
            case ListNode { IsFlow: true } empty:
                return Put(empty.From, empty.To, $"[{item}]");
            case ListNode { Items: [.., var last] }:
                var dash = text.AsSpan(0, last.From).LastIndexOf('-');
                return dash < 0 ? null : Below(End(last), Column(dash), $"- {item}");
            case MapNode map:
                return With(map, $"{item}: {{}}");
            default:
                return null;
        }
    }
}
