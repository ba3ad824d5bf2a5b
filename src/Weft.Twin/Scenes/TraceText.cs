// A trace as people read it: the way there and back, a line a step, and behind each flood what became of the copies that went elsewhere.

using System.Text.Json;
using Weft.Show;

namespace Weft.Twin.Scenes;

public static class TraceText
{
    public static IEnumerable<string> Lines(Traced traced, bool all)
    {
        var way = traced.Way.ToHashSet();
        var shown = traced.IsDelivered && !all ? traced.Hops.Where(hop => way.Contains(hop.Number)).ToList() : [.. traced.Hops];
        var (machines, devices) = (shown.Select(hop => hop.Machine.Length).DefaultIfEmpty().Max(), shown.Select(hop => hop.Device.Length).DefaultIfEmpty().Max());
        foreach (var hop in shown)
            yield return FormattableString.Invariant($"{hop.AtNs / 1000.0,10:0.0} us  {hop.Machine.PadRight(machines)}  {hop.Device.PadRight(devices)}  {hop.Did}: {hop.Why}");
        if (shown.Count < traced.Hops.Length)
            yield return $"{traced.Hops.Length - shown.Count} more steps belong to copies that went elsewhere; --all shows them";
    }

    public static void WriteJson(Utf8JsonWriter to, Traced traced)
    {
        var way = traced.Way.ToHashSet();
        to.WriteStartObject();
        to.WriteStartArray("hops");
        foreach (var hop in traced.Hops)
        {
            to.WriteStartObject();
            to.WriteNumber("number", hop.Number);
            to.WriteNumber("before", hop.Before);
            to.WriteNumber("at_ns", hop.AtNs);
            to.WriteString("machine", hop.Machine);
            to.WriteString("device", hop.Device);
            to.WriteString("did", hop.Did);
            to.WriteString("why", hop.Why);
            to.WriteBoolean("on_way", way.Contains(hop.Number));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteString("target", traced.Target.ToString());
        to.WriteBoolean("delivered", traced.IsDelivered);
        to.WriteEndObject();
    }
}
