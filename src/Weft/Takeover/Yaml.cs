// A look into somebody else's YAML: a value by its key, and nothing where it is not what was looked for.

using Weft.Spec;

namespace Weft.Takeover;

internal static class Yaml
{
    public static Node? Get(Node? node, string key) => node is MapNode map ? map.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value : null;

    public static MapNode? Map(Node? node, string key) => Get(node, key) as MapNode;

    public static string? Text(Node? node, string key) => Get(node, key) is TextNode { IsNull: false } text ? text.Text : null;

    public static bool IsTrue(Node? node, string key) => Text(node, key)?.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "Y";
}
