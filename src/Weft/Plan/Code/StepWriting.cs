// A step's own members as JSON. Values have the JSON type of their kind; bytes of the kernel's are base64; what is null is
// left out.

using System.Text.Json;
using Weft.Model;

namespace Weft.Plan;

internal static class StepWriting
{
    public static void Write(Utf8JsonWriter to, Step step)
    {
        to.WriteString("verb", step.Verb.ToString());
        switch (step)
        {
            case Step.OfLink link:
                to.WriteString("link", link.Name);
                to.WriteString("kind", link.Kind.Word);
                to.WriteStartObject("settings");
                foreach (var (attribute, value) in link.Settings)
                {
                    to.WritePropertyName(attribute.Name);
                    Value(to, value.Value);
                }
                to.WriteEndObject();
                break;
            case Step.OfAddress address:
                to.WriteString("on", address.Link);
                to.WriteString("address", address.Address.ToString());
                break;
            case Step.OfRoute { Route: var route }:
                to.WriteStartObject("route");
                Route(to, route);
                to.WriteEndObject();
                break;
            case Step.OfRule { Rule: var rule }:
                to.WriteStartObject("rule");
                Rule(to, rule);
                to.WriteEndObject();
                break;
            case Step.OfVlans vlans:
                to.WriteString("vlans", vlans.Link);
                Text(to, "master", vlans.Master);
                to.WriteStartArray("runs");
                foreach (var run in vlans.Runs)
                {
                    to.WriteStartArray();
                    to.WriteNumberValue(run.From);
                    to.WriteNumberValue(run.To);
                    to.WriteBooleanValue(run.Pvid);
                    to.WriteBooleanValue(run.Untagged);
                    to.WriteEndArray();
                }
                to.WriteEndArray();
                break;
            case Step.OfKept { Kept: var kept }:
                to.WriteStartObject("kept");
                Kept(to, kept);
                to.WriteEndObject();
                break;
            case Step.OfNewLinksIpv6 ipv6:
                to.WriteBoolean("newLinksIpv6", ipv6.On);
                break;
        }
    }

    private static void Value(Utf8JsonWriter to, Value value)
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
                    Value(to, item.Value);
                to.WriteEndArray();
                break;
            default:
                to.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void Route(Utf8JsonWriter to, Route route)
    {
        to.WriteString("to", route.To.ToString());
        Text(to, "via", route.Via?.ToString());
        Text(to, "link", route.Link?.Value);
        Number(to, "metric", route.Metric?.Value);
        to.WriteNumber("table", route.Table);
        Text(to, "scope", route.Scope);
        Text(to, "source", route.Source?.ToString());
        to.WriteBoolean("onLink", route.OnLink);
        Number(to, "mtu", route.Mtu);
        to.WriteNumber("protocol", route.Protocol);
        to.WriteBoolean("plain", route.Plain);
        Raw(to, "raw", route.Raw);
        Number(to, "nexthop", route.Nexthop);
        to.WriteStartArray("hops");
        foreach (var hop in route.Hops)
            to.WriteStringValue(hop);
        to.WriteEndArray();
    }

    private static void Rule(Utf8JsonWriter to, PolicyRule rule)
    {
        to.WriteNumber("table", rule.Table.Value);
        to.WriteBoolean("is6", rule.Is6);
        Text(to, "from", rule.From?.ToString());
        Text(to, "to", rule.To?.ToString());
        Text(to, "iif", rule.Iif);
        Text(to, "oif", rule.Oif);
        Number(to, "mark", rule.Mark);
        Number(to, "priority", rule.Priority);
        to.WriteNumber("protocol", rule.Protocol);
        to.WriteBoolean("plain", rule.Plain);
        to.WriteString("words", rule.Words);
        Raw(to, "raw", rule.Raw);
    }

    private static void Kept(Utf8JsonWriter to, Kept kept)
    {
        to.WriteString("kind", kept.Kind.ToString());
        to.WriteString("link", kept.Link);
        to.WriteString("words", kept.Words);
        Raw(to, "message", kept.Message);
        Text(to, "master", kept.Master);
        Text(to, "upper", kept.Upper);
        Number(to, "nexthop", kept.Nexthop);
        Text(to, "address", kept.Address?.ToString());
        Text(to, "irreversible", kept.Irreversible);
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

    private static void Text(Utf8JsonWriter to, string name, string? text)
    {
        if (text is not null)
            to.WriteString(name, text);
    }

    private static void Number(Utf8JsonWriter to, string name, long? number)
    {
        if (number is { } said)
            to.WriteNumber(name, said);
    }

    private static void Raw(Utf8JsonWriter to, string name, Bytes? bytes)
    {
        if (bytes is not null)
            to.WriteBase64String(name, bytes.Content.Span);
    }
}
