// A plan on its way to a later apply: the host file that it was drawn from, as somebody wrote it, and its steps. Applied, it is
// drawn anew; where that gives other steps the host has moved on, and nothing is sent.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>A plan that was written down.</summary>
/// <param name="File">The host file's name, for messages.</param>
/// <param name="Source">Its text.</param>
/// <param name="Steps">The steps, each as <see cref="StepCode"/> writes it.</param>
public sealed record PlanFile(string File, string Source, ImmutableArray<string> Steps)
{
    private const string Mark = "weft_plan";
    private const int Version = 1;

    public static PlanFile Of(string file, string source, Drawn plan) => new(file, source, [.. plan.Steps.Select(StepCode.Write)]);

    /// <summary>Whether a text means to be a plan.</summary>
    public static bool IsMeant(string text) => text.StartsWith($"{{\"{Mark}\":", StringComparison.Ordinal);

    /// <summary>What <see cref="Print"/> wrote; null for anything else.</summary>
    public static PlanFile? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.GetProperty(Mark).GetInt32() == Version
                ? new(root.Said("file"), root.Said("source"), [.. root.GetProperty("steps").EnumerateArray().Select(step => step.GetRawText())])
                : null;
        }
        catch (Exception e) when (StepCode.IsMalformed(e))
        {
            return null;
        }
    }

    /// <summary>The whole text of the file.</summary>
    public string Print()
    {
        using var stream = new MemoryStream();
        using (var to = new Utf8JsonWriter(stream))
        {
            to.WriteStartObject();
            to.WriteNumber(Mark, Version);
            to.WriteString("file", File);
            to.WriteString("source", Source);
            to.WriteStartArray("steps");
            foreach (var step in Steps)
                to.WriteRawValue(step);
            to.WriteEndArray();
            to.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
