// A host as `ip -j` tells it, made comparable: sorted, without the guests' cords, and without the keys that
// specs/kernel/same-host.txt lists with their reasons.

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Kernel.Tests;

internal static class HostFacts
{
    private static readonly string[] Listed = [.. System.IO.File.ReadLines(Path.Combine(LabRun.Root, "specs", "kernel", "same-host.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')[0])];

    private static readonly HashSet<string> Always = [.. Listed.TakeWhile(line => line[0] != '[')];
    private static readonly HashSet<string> OnBareWire = [.. Listed];

    /// <summary>Everything that a script's `dump` said, one fact a line.</summary>
    public static string Of(LabRun run) => Of(run.Section, Always);

    /// <summary>The same of a host whose cables lead nowhere.</summary>
    public static string OfBareWire(Func<string, string> say) => Of(say, OnBareWire);

    private static string Of(Func<string, string> say, HashSet<string> exceptions)
    {
        var text = new StringBuilder();
        foreach (var section in new[] { "link", "addr", "route", "route6" })
            foreach (var line in Items(say(section)).Where(item => !IsCord(item)).SelectMany(item => Facts($"{section} {NameOf(item)}", item, exceptions)).Order(StringComparer.Ordinal))
                text.AppendLine(line);
        return text.ToString();
    }

    public static IEnumerable<JsonNode> Items(string json) => Items(JsonNode.Parse(json)!);

    private static IEnumerable<JsonNode> Items(JsonNode list) => list.AsArray().OfType<JsonObject>().Where(item => item.Count > 0);

    /// <summary>What a tool answered to several commands, one list after the other.</summary>
    public static List<List<JsonNode>> Lists(string json)
    {
        var lists = new List<List<JsonNode>>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
            lists.Add([.. Items(JsonNode.Parse(ref reader)!)]);
        return lists;
    }

    /// <summary>The host's end of a guest's cable: the guest's, not the host's.</summary>
    private static bool IsCord(JsonNode item) => ((string?)item["ifname"] ?? (string?)item["dev"])?.StartsWith("vnet", StringComparison.Ordinal) == true;

    private static string NameOf(JsonNode item) => (string?)item["ifname"] ?? $"{Destination(item)} dev {(string?)item["dev"]} table {(string?)item["table"]} proto {item["protocol"]}";

    private static string Destination(JsonNode item) => (string?)item["dst"] is { } to && !to.StartsWith("fe80:", StringComparison.Ordinal) ? to : "link-local";

    private static IEnumerable<string> Facts(string path, JsonNode? node, HashSet<string> exceptions)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                    if (!exceptions.Contains(key) || (key == "id" && path.EndsWith("info_data", StringComparison.Ordinal)))
                        foreach (var fact in Facts($"{path} {key}", value, exceptions).Where(fact => !exceptions.Contains($"{key}={value}")))
                            yield return fact;
                break;
            case JsonArray list:
                foreach (var fact in list.SelectMany(item => Facts(path, item, exceptions)))
                    yield return fact;
                break;
            default:
                if (!(exceptions.Contains("fe80") && node?.ToString().StartsWith("fe80:", StringComparison.Ordinal) == true))
                    yield return $"{path} = {node?.ToJsonString()}";
                break;
        }
    }
}
