// What steps and hosts are made of, as JSON. Values have the JSON type of their kind; bytes of the kernel's are base64; what is
// null is left out.

using System.Text.Json;
using Weft.Model;

namespace Weft.Plan;

internal static class ModelWriting
{
    public static void Settings(this Utf8JsonWriter to, string name, Settings settings)
    {
        to.WriteStartObject(name);
        foreach (var (attribute, value) in settings)
        {
            to.WritePropertyName(attribute.Name);
            to.Value(value.Value);
        }
        to.WriteEndObject();
    }

    public static void Runs(this Utf8JsonWriter to, string name, IEnumerable<VlanRun> runs)
    {
        to.WriteStartArray(name);
        foreach (var run in runs)
        {
            to.WriteStartArray();
            to.WriteNumberValue(run.From);
            to.WriteNumberValue(run.To);
            to.WriteBooleanValue(run.Pvid);
            to.WriteBooleanValue(run.Untagged);
            to.WriteEndArray();
        }
        to.WriteEndArray();
    }

    private static void Value(this Utf8JsonWriter to, Value value)
    {
        switch (value)
        {
            case Model.Value.Flag flag:
                to.WriteBooleanValue(flag.On);
                break;
            case Model.Value.Number number:
                to.WriteNumberValue(number.Count);
                break;
            case Model.Value.List list:
                to.WriteStartArray();
                foreach (var item in list.Items)
                    to.Value(item.Value);
                to.WriteEndArray();
                break;
            case Model.Value.Map map:
                to.WriteStartObject();
                foreach (var field in map.Fields)
                {
                    to.WritePropertyName(field.Name.Value);
                    to.Value(field.Value.Value);
                }
                to.WriteEndObject();
                break;
            default:
                to.WriteStringValue(value.ToString());
                break;
        }
    }

    public static void Route(this Utf8JsonWriter to, Route route)
    {
        to.WriteString("to", route.To.ToString());
        to.Text("via", route.Via?.ToString());
        to.Text("link", route.Link?.Value);
        to.Number("metric", route.Metric?.Value);
        to.WriteNumber("table", route.Table);
        to.Text("scope", route.Scope);
        to.Text("source", route.Source?.ToString());
        to.WriteBoolean("onLink", route.OnLink);
        to.Number("mtu", route.Mtu);
        to.WriteNumber("protocol", route.Protocol);
        to.WriteBoolean("plain", route.Plain);
        to.Raw("raw", route.Raw);
        to.Number("nexthop", route.Nexthop);
        to.WriteStartArray("hops");
        foreach (var hop in route.Nexthops)
        {
            to.WriteStartObject();
            to.Text("via", hop.Via?.ToString());
            to.Text("link", hop.Link?.Value);
            to.WriteNumber("weight", hop.Weight);
            to.WriteBoolean("onLink", hop.OnLink);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    public static void Rule(this Utf8JsonWriter to, PolicyRule rule)
    {
        to.WriteNumber("table", rule.Table.Value);
        to.WriteBoolean("is6", rule.Is6);
        to.Text("from", rule.From?.ToString());
        to.Text("to", rule.To?.ToString());
        to.Text("iif", rule.Iif);
        to.Text("oif", rule.Oif);
        to.Number("mark", rule.Mark);
        to.Number("priority", rule.Priority);
        to.WriteNumber("protocol", rule.Protocol);
        to.WriteBoolean("plain", rule.Plain);
        to.WriteString("words", rule.Words);
        to.Raw("raw", rule.Raw);
    }

    public static void Kept(this Utf8JsonWriter to, Kept kept)
    {
        to.WriteString("kind", kept.Kind.ToString());
        to.WriteString("link", kept.Link);
        to.WriteString("words", kept.Words);
        to.Raw("message", kept.Message);
        to.Text("master", kept.Master);
        to.Text("line", kept.Line);
        to.Text("upper", kept.Upper);
        to.Number("nexthop", kept.Nexthop);
        to.Text("address", kept.Address?.ToString());
        to.Text("irreversible", kept.Irreversible);
        to.WriteStartArray("indexes");
        foreach (var (offset, link) in kept.Indexes)
        {
            to.WriteStartArray();
            to.WriteNumberValue(offset);
            to.WriteStringValue(link);
            to.WriteEndArray();
        }
        to.WriteEndArray();
    }

    /// <summary>As members beside others; what is forever is left out.</summary>
    public static void Lifetime(this Utf8JsonWriter to, Lifetime lifetime)
    {
        to.Number("preferred", lifetime.Preferred);
        to.Number("valid", lifetime.Valid);
    }

    public static void Text(this Utf8JsonWriter to, string name, string? text)
    {
        if (text is not null)
            to.WriteString(name, text);
    }

    public static void Number(this Utf8JsonWriter to, string name, long? number)
    {
        if (number is { } said)
            to.WriteNumber(name, said);
    }

    public static void Raw(this Utf8JsonWriter to, string name, Bytes? bytes)
    {
        if (bytes is not null)
            to.WriteBase64String(name, bytes.Content.Span);
    }
}
