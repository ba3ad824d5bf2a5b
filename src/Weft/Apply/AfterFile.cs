// What was observed after a change that is verified and waits to be confirmed, beside its journal. Only with it can an undo
// tell what others did since. It names its change, so one that was left by another says nothing.

using System.Text.Json;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>Reads and writes what was observed after a change.</summary>
public static class AfterFile
{
    public const string Name = "after.json";

    private const int Version = 1;

    /// <summary>Writes it whole. Returns why not, or null.</summary>
    public static string? Write(IDisk disk, string change, Observation after) => disk.Write(Name, stream =>
    {
        using var to = new Utf8JsonWriter(stream);
        to.WriteStartObject();
        to.WriteNumber("version", Version);
        to.WriteString("change", change);
        to.WriteStartObject("after");
        ObservationCode.Write(to, after);
        to.WriteEndObject();
        to.WriteEndObject();
    });

    /// <summary>What was observed after this change; null where it was not verified, or what is there cannot be read.</summary>
    public static Observation? Read(IDisk disk, string change)
    {
        if (disk.Read(Name).Text is not { } text)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.GetProperty("version").GetInt32() == Version && root.Said("change") == change ? ObservationCode.Read(root.GetProperty("after")) : null;
        }
        catch (Exception e) when (StepCode.IsMalformed(e))
        {
            return null;
        }
    }
}
