// Steps as text and back, one line of JSON each, with nothing lost: so that a plan can be carried to another kernel than the
// one it was drawn for, which then has to do with the steps alone. Text that is no step is null, never an exception.

using System.Buffers;
using System.Text;
using System.Text.Json;
using Weft.Text;

namespace Weft.Plan;

/// <summary>Writes and reads steps.</summary>
public static class StepCode
{
    public static string Write(Step step)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer))
            Write(to, step);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The step of a text that <see cref="Write(Step)"/> made; null for any other.</summary>
    public static Step? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return null;
        }
    }

    /// <summary>What reading JSON of another shape throws, anywhere in this room.</summary>
    internal static bool IsMalformed(Exception e) =>
        e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or OverflowException or ArgumentException;

    internal static void Write(Utf8JsonWriter to, Step step)
    {
        to.WriteStartObject();
        StepWriting.Write(to, step);
        if (step.Place.File is { } file)
            to.WriteString("file", file);
        if (step.Place.IsSomewhere)
        {
            to.WriteStartArray("place");
            foreach (var number in new[] { step.Place.Line, step.Place.Column, step.Place.Length })
                to.WriteNumberValue(number);
            to.WriteEndArray();
        }
        if (!step.Disturbs.IsEmpty)
        {
            to.WriteStartArray("disturbs");
            foreach (var one in step.Disturbs)
            {
                to.WriteStartArray();
                to.WriteStringValue(one.Object);
                to.WriteStringValue(one.Kind);
                if (one.AtMostMs is { } most)
                    to.WriteNumberValue(most);
                to.WriteEndArray();
            }
            to.WriteEndArray();
        }
        to.WriteEndObject();
    }

    internal static Step? Read(JsonElement from)
    {
        var step = StepReading.Step(from, PlaceOf(from));
        return step is null || !from.TryGetProperty("disturbs", out var disturbs) ? step
            : step with { Disturbs = [.. disturbs.EnumerateArray().Select(one => new Disturbance(one[0].AsText(), one[1].AsText(), one.GetArrayLength() > 2 ? one[2].GetInt32() : null))] };
    }

    private static Place PlaceOf(JsonElement from) =>
        !from.TryGetProperty("file", out var file) ? Place.None
        : from.TryGetProperty("place", out var place) ? new(file.AsText(), place[0].GetInt32(), place[1].GetInt32(), place[2].GetInt32())
        : new(file.AsText(), 0, 0, 0);
}
