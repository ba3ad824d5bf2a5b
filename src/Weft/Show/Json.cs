// The model's values as JSON. Keys keep their spelling of the host file, which is snake_case already.

using System.Text.Json;
using Weft.Model;

namespace Weft.Show;

internal static class Json
{
    public static void Property(Utf8JsonWriter to, string name, Value value)
    {
        to.WritePropertyName(name);
        Write(to, value);
    }

    public static void Write(Utf8JsonWriter to, Value value)
    {
        switch (value)
        {
            case Value.Flag flag:
                to.WriteBooleanValue(flag.On);
                break;
            case Value.Number number:
                to.WriteNumberValue(number.Count);
                break;
            case Value.Word word:
                to.WriteStringValue(word.Text);
                break;
            case Value.List list:
                to.WriteStartArray();
                foreach (var item in list.Items)
                    Write(to, item.Value);
                to.WriteEndArray();
                break;
            case Value.Map map:
                to.WriteStartObject();
                Members(to, map.Fields);
                to.WriteEndObject();
                break;
        }
    }

    public static void Members(Utf8JsonWriter to, Fields fields)
    {
        foreach (var field in fields)
            Property(to, field.Name.Value, field.Value.Value);
    }

    /// <summary>A route's properties under the names that `routes:` gives them, and `protocol`.</summary>
    public static void Members(Utf8JsonWriter to, Route route)
    {
        to.WriteString("to", route.To.Value.IsEverything ? "default" : route.To.ToString());
        to.WriteString("family", route.To.Value.Is6 ? "ipv6" : "ipv4");
        if (route.Via is { } via)
            to.WriteString("via", via.ToString());
        if (route.Link is { } link)
            to.WriteString("link", link.Value);
        if (!route.Nexthops.IsEmpty)
        {
            to.WriteStartArray("nexthops");
            foreach (var hop in route.Nexthops)
            {
                to.WriteStartObject();
                if (hop.Via is { } next)
                    to.WriteString("via", next.ToString());
                if (hop.Link is { Value.Length: > 0 } over)
                    to.WriteString("link", over.Value);
                to.WriteNumber("weight", hop.Weight);
                if (hop.OnLink)
                    to.WriteBoolean("onlink", true);
                to.WriteEndObject();
            }
            to.WriteEndArray();
        }
        to.WriteNumber("metric", route.EffectiveMetric);
        to.WriteNumber("table", route.Table);
        if (route.Scope is { } scope)
            to.WriteString("scope", scope);
        if (route.Source is { } source)
            to.WriteString("src", source.ToString());
        if (route.OnLink)
            to.WriteBoolean("onlink", true);
        if (route.Mtu is { } mtu)
            to.WriteNumber("mtu", mtu);
        to.WriteNumber("protocol", route.Protocol);
    }

    /// <summary>A rule's properties under the names that `rules:` gives them, and `protocol`.</summary>
    public static void Members(Utf8JsonWriter to, PolicyRule rule)
    {
        to.WriteString("family", rule.Is6 ? "ipv6" : "ipv4");
        foreach (var (name, text) in new[] { ("from", rule.From?.ToString()), ("to", rule.To?.ToString()), ("iif", rule.Iif), ("oif", rule.Oif) })
            if (text is not null)
                to.WriteString(name, text);
        if (rule.Mark is { } mark)
            to.WriteNumber("fwmark", mark);
        to.WriteNumber("table", rule.Table.Value);
        if (rule.Priority is { } priority)
            to.WriteNumber("priority", priority);
        to.WriteNumber("protocol", rule.Protocol);
    }
}
