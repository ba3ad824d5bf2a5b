// Files of `[section]` and `key=value` lines, as systemd, NetworkManager and desktops write them. Comments begin with # or ;.
// Nothing is refused: what is no section and no pair says nothing.

using Weft.Text;

namespace Weft.Takeover;

/// <summary>One `key=value` line.</summary>
internal sealed record Pair(string Section, string Key, string Value, Place Place);

/// <summary>The lines of such a file.</summary>
internal sealed class Keyfile
{
    private readonly List<Pair> pairs = [];

    public Keyfile(string path, string text)
    {
        var (section, number) = ("", 0);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[' && line[^1] == ']')
                section = line[1..^1];
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign)
                pairs.Add(new(section, line[..sign].Trim(), line[(sign + 1)..].Trim(), new Place(path, number, 1, raw.Length == 0 ? 1 : raw.Length)));
        }
    }

    /// <summary>The last of a key.</summary>
    public Pair? Get(string section, string key) => pairs.FindLast(pair => pair.Section == section && pair.Key == key);

    public IEnumerable<Pair> All(string section, string key) => pairs.Where(pair => pair.Section == section && pair.Key == key);

    public IEnumerable<Pair> Of(string section) => pairs.Where(pair => pair.Section == section);
}
