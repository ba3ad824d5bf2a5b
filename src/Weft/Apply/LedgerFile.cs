// The ledger on disk: one JSON file whose hosts are host files in YAML, so that it reads as what it is. A ledger that is
// damaged, or of a shape that this version does not know, is an empty one: then nothing is owned, which is always safe.

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Apply;

/// <summary>Reads and writes the ledger.</summary>
public static class LedgerFile
{
    public const string Name = "ledger.json";

    /// <summary>The shape of the file. Another one is not guessed at.</summary>
    private const int Version = 1;

    /// <summary>The ledger, and advice where a file was there and could not be used.</summary>
    public static (Ledger Ledger, Finding? Ignored) Read(IDisk disk)
    {
        var (text, wrong) = disk.Read(Name);
        if (wrong is not null)
            return (Ledger.Empty, Ignored($"{wrong}, and was ignored", "run as root, who may read it; or find out what stands there in its place"));
        if (text is null)
            return (Ledger.Empty, null);
        return Parse(text) is { } ledger ? (ledger, null) : (Ledger.Empty, Ignored($"{Name} is damaged or of another version, and was ignored", "nothing; the next apply writes it anew"));
    }

    private static Finding Ignored(string what, string mend) =>
        Finding.Advice("ledger-ignored", Place.None, what, "without it Weft owns nothing: what an earlier file made and this one leaves out stays", mend);

    /// <summary>Writes the ledger where it differs from what is there. Returns why not, or null.</summary>
    /// <param name="disk">The state folder.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="last">Its last file in print, where that is known already.</param>
    public static string? Write(IDisk disk, Ledger ledger, HostText? last = null)
    {
        var text = Print(ledger, last);
        return disk.Read(Name).Text == text ? null : disk.Write(Name, to => to.Write(Encoding.UTF8.GetBytes(text)));
    }

    public static string Print(Ledger ledger, HostText? last = null)
    {
        last ??= HostText.Of(ledger.Last);
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            to.WriteStartObject();
            to.WriteNumber("version", Version);
            to.WriteString("epoch", ledger.Epoch);
            if (ledger.Change.Length > 0)
                to.WriteString("change", ledger.Change);
            to.WriteStartArray("links");
            foreach (var link in ledger.Links)
            {
                to.WriteStartObject();
                to.WriteString("name", link.Name);
                to.WriteNumber("index", link.Index);
                to.WriteString("kind", link.Kind);
                to.WriteEndObject();
            }
            to.WriteEndArray();
            last.Write(to, "last");
            to.WriteString("firsts", HostWriter.Write(ledger.Firsts with { Links = [.. ledger.Firsts.Links.Select(AsNic)] }));
            to.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>What <see cref="Print"/> wrote; null for anything else.</summary>
    public static Ledger? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version || HostText.Read(root, "last") is not { } last || HostText.Host(root.GetProperty("firsts")) is not { } firsts)
                return null;
            return new Ledger
            {
                Epoch = root.GetProperty("epoch").GetString() ?? "",
                Change = root.TryGetProperty("change", out var change) ? change.GetString() ?? "" : "",
                Links = [.. root.GetProperty("links").EnumerateArray().Select(Owned)],
                Last = last,
                Firsts = firsts,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static OwnedLink Owned(JsonElement link) =>
        new(link.GetProperty("name").GetString() ?? "", link.GetProperty("index").GetInt32(), link.GetProperty("kind").GetString() ?? "");

    /// <summary>
    /// A NIC of the file may be of any kind in the kernel (a dummy stands in for one); as a NIC it has a section to stand in. What the
    /// kernel told and no file may say (an MTU of 2 GB) is left out: with it the whole ledger could not be read again.
    /// </summary>
    private static Link AsNic(Link link) => new(link.Name, LinkKind.Nic)
    {
        Settings = link.Settings.Where(line => line.Shape is not Scalar shape || shape.Parse(link.Settings.ValueOf(line)!.ToString()!).Value is not null),
    };
}
