// A disk that a test holds in its hands: what is on it can be read, damaged and filled up. It stays when the process that wrote
// to it is dead.

using System.Text;
using Weft.Apply;

namespace Weft.RandomHosts;

/// <summary>A disk in memory whose writes are whole or not there.</summary>
public sealed class MemoryDisk : IDisk
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How many writes there is still room for; null where it never ends.</summary>
    public int? FullAfter { get; set; }

    /// <summary>Names that cannot be written.</summary>
    public Func<string, bool> Blocked { get; set; } = static _ => false;

    public string PathOf(string name) => name;

    public (string? Text, string? Wrong) Read(string name) => (Files.GetValueOrDefault(name), null);

    public string? Write(string name, Action<Stream> content)
    {
        if (FullAfter is 0 || Blocked(name))
            return "no space left on device";
        FullAfter--;
        using var stream = new MemoryStream();
        content(stream);
        Files[name] = Encoding.UTF8.GetString(stream.ToArray());
        return null;
    }

    public string? Remove(string name)
    {
        Files.Remove(name);
        return null;
    }
}
