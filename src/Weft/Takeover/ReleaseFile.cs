// The release on disk, written before its first act: from it alone everything can be given back. Content is base64, because
// somebody else's file may hold any bytes. A record that cannot be read is never acted on.

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Weft.Apply;
using Weft.Text;

namespace Weft.Takeover;

/// <summary>Reads and writes the record of what was released.</summary>
public static class ReleaseFile
{
    public const string Name = "release.json";

    /// <summary>The shape of the file. Another one is not guessed at.</summary>
    private const int Version = 1;

    /// <summary>What was released so far; null, and why, where that cannot be said.</summary>
    public static (Release? Release, string? Wrong) Read(IDisk disk)
    {
        var (text, wrong) = disk.Read(Name);
        if (wrong is not null || text is null)
            return (wrong is null ? Release.None : null, wrong);
        return Parse(text) is { } release ? (release, null) : (null, $"{disk.PathOf(Name)} is damaged or of another version");
    }

    /// <summary>Writes it; without acts, takes it away. Returns why not, or null.</summary>
    public static string? Write(IDisk disk, Release release) =>
        release.Acts.IsEmpty ? disk.Remove(Name) : disk.Write(Name, to => to.Write(Encoding.UTF8.GetBytes(Print(release))));

    public static string Print(Release release)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            to.WriteStartObject();
            to.WriteNumber("version", Version);
            to.WriteStartArray("acts");
            foreach (var act in release.Acts)
            {
                to.WriteStartObject();
                to.WriteString("path", act.Path);
                to.WriteString("of", act.Of);
                to.WriteString("why", act.Why);
                Write(to, "before", act.Before);
                Write(to, "after", act.After);
                to.WriteEndObject();
            }
            to.WriteEndArray();
            to.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>What <see cref="Print"/> wrote; null for anything else.</summary>
    public static Release? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
                return null;
            return new([.. root.GetProperty("acts").EnumerateArray().Select(act =>
                new Act(PathOf(act), EntryOf(act, "before"), EntryOf(act, "after"), act.GetProperty("of").GetString() ?? "", act.GetProperty("why").GetString() ?? ""))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter to, string name, Entry? entry)
    {
        if (entry is null)
            return;
        to.WriteStartObject(name);
        to.WriteString("kind", entry.Kind switch { EntryKind.File => "file", EntryKind.Link => "link", _ => "folder" });
        to.WriteBase64String("content", entry.Content.AsSpan());
        to.WriteNumber("mode", entry.Mode);
        if (entry.Owner is { } owner)
        {
            to.WriteNumber("user", owner.User);
            to.WriteNumber("group", owner.Group);
        }
        to.WriteEndObject();
    }

    private static string PathOf(JsonElement act) =>
        act.GetProperty("path").GetString() is { } path && path.StartsWith('/') && !path.Split('/').Contains("..") ? path : throw new FormatException("no path of the machine's");

    private static Entry? EntryOf(JsonElement act, string name)
    {
        if (!act.TryGetProperty(name, out var entry))
            return null;
        var kind = entry.GetProperty("kind").GetString() switch { "file" => EntryKind.File, "link" => EntryKind.Link, "folder" => EntryKind.Folder, _ => throw new FormatException("no kind of entry") };
        return new(kind, [.. entry.GetProperty("content").GetBytesFromBase64()], entry.GetProperty("mode").GetInt32(),
            entry.TryGetProperty("user", out var user) ? (user.GetInt32(), entry.GetProperty("group").GetInt32()) : null);
    }
}
