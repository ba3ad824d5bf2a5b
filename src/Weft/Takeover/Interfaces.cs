// interfaces(5), as ifupdown and ifupdown2 read it: stanzas, each of which begins with a word of its own and ends before the
// next. Lines go on behind a backslash. Which physical lines a stanza has is kept, so that it can be taken out of the file
// without a byte of the rest being touched.

using Weft.Text;

namespace Weft.Takeover;

/// <summary>One stanza.</summary>
/// <param name="Words">Its first line in words: `iface`, `eth0`, `inet`, `static`.</param>
/// <param name="Options">The lines below, each a key and the rest.</param>
/// <param name="Lines">Numbers of its first line and of all lines below that belong to it, comments and blank lines between left out.</param>
internal sealed record Stanza(string[] Words, List<(string Key, string Value)> Options, List<int> Lines, Place Place)
{
    public string Word => Words[0];

    /// <summary>`auto`, `allow-hotplug` and their like: a list of links that are to be brought up.</summary>
    public bool IsList => Word == "auto" || Word.StartsWith("allow-", StringComparison.Ordinal) || Word.StartsWith("no-auto-down", StringComparison.Ordinal);
}

internal static class Interfaces
{
    private static readonly string[] Beginnings = ["iface", "mapping", "source", "source-directory", "rename", "template", "vlan", "vxlan"];

    public static List<Stanza> Read(string path, string text)
    {
        var stanzas = new List<Stanza>();
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var trimmed = lines[at].Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
                continue;
            var (first, whole) = (at, trimmed);
            while (whole.EndsWith('\\') && at + 1 < lines.Length)
                whole = whole[..^1] + ' ' + lines[++at].Trim();
            var words = whole.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            var numbers = Enumerable.Range(first, at - first + 1);
            var stanza = new Stanza(words, [], [.. numbers], new Place(path, first + 1, 1, Math.Max(1, trimmed.Length)));
            if (stanza.IsList || Array.IndexOf(Beginnings, words[0]) >= 0 || stanzas.Count == 0 || stanzas[^1].IsList || stanzas[^1].Word.StartsWith("source", StringComparison.Ordinal))
                stanzas.Add(stanza);
            else
            {
                stanzas[^1].Options.Add((words[0], string.Join(' ', words[1..])));
                stanzas[^1].Lines.AddRange(numbers);
            }
        }
        return stanzas;
    }

    /// <summary>
    /// The text without what it says of some links: their stanzas as comments, their names out of lists. Null where it says nothing of them.
    /// </summary>
    public static string? Without(string path, string text, Func<string, bool> gone)
    {
        var lines = text.Split('\n');
        var changed = false;
        foreach (var stanza in Read(path, text))
        {
            var named = stanza.IsList || stanza.Word == "mapping" ? stanza.Words[1..] : stanza.Word == "iface" && stanza.Words.Length > 1 ? stanza.Words[1..2] : [];
            if (!named.Any(gone))
                continue;
            changed = true;
            foreach (var line in stanza.Lines)
                lines[line] = Comment + lines[line];
            if (stanza.IsList && named.Any(name => !gone(name)))
                lines[stanza.Lines[^1]] += $"\n{stanza.Word} {string.Join(' ', named.Where(name => !gone(name)))}";
        }
        return changed ? string.Join('\n', lines) : null;
    }

    private const string Comment = "# weft: ";
}
