// The other way: JSON members to a step. Which kind of step it is, its first member of its own says. Throws on what is no
// step; the door of this room catches it.

using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal static class StepReading
{
    public static Step? Step(JsonElement from, Place place)
    {
        var verb = Enum.Parse<Verb>(from.GetProperty("verb").GetString()!);
        if (from.TryGetProperty("link", out var link))
            return new Step.OfLink(verb, link.GetString()!, LinkKind.Of(from.GetProperty("kind").GetString()!), Settings(from.GetProperty("settings")), place);
        if (from.TryGetProperty("address", out var address))
            return new Step.OfAddress(verb, from.GetProperty("on").GetString()!, IpPrefix.Parse(address.GetString()!), place);
        if (from.TryGetProperty("route", out var route))
            return new Step.OfRoute(verb, Route(route), place);
        if (from.TryGetProperty("rule", out var rule))
            return new Step.OfRule(verb, Rule(rule), place);
        if (from.TryGetProperty("vlans", out var vlans))
            return new Step.OfVlans(verb, vlans.GetString()!, Text(from, "master"),
                [.. from.GetProperty("runs").EnumerateArray().Select(run => new VlanRun(run[0].GetInt32(), run[1].GetInt32(), run[2].GetBoolean(), run[3].GetBoolean()))], place);
        if (from.TryGetProperty("kept", out var kept))
            return new Step.OfKept(Kept(kept));
        return from.TryGetProperty("newLinksIpv6", out var on) ? new Step.OfNewLinksIpv6(on.GetBoolean()) : null;
    }

    private static Settings Settings(JsonElement from) =>
        Model.Settings.Of(from.EnumerateObject().Select(property => KeyValuePair.Create(Table.All.First(line => line.Name == property.Name), At.Nowhere(Value(property.Value)))));

    private static Value Value(JsonElement from) => from.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Model.Value.Of(from.GetBoolean()),
        JsonValueKind.Number => Model.Value.Of(from.GetInt64()),
        JsonValueKind.Array => new Value.List([.. from.EnumerateArray().Select(item => At.Nowhere(Value(item)))]),
        _ => Model.Value.Of(from.GetString()!),
    };

    private static Route Route(JsonElement from) => new(At.Nowhere(IpPrefix.Parse(from.GetProperty("to").GetString()!)))
    {
        Via = Text(from, "via") is { } via ? At.Nowhere(IPAddress.Parse(via)) : null,
        Link = Text(from, "link") is { } link ? At.Nowhere(link) : null,
        Metric = Number(from, "metric") is { } metric ? At.Nowhere(metric) : null,
        Table = from.GetProperty("table").GetInt64(),
        Scope = Text(from, "scope"),
        Source = Text(from, "source") is { } source ? IPAddress.Parse(source) : null,
        OnLink = from.GetProperty("onLink").GetBoolean(),
        Mtu = Number(from, "mtu"),
        Protocol = from.GetProperty("protocol").GetByte(),
        Plain = from.GetProperty("plain").GetBoolean(),
        Raw = Raw(from, "raw"),
        Nexthop = (uint?)Number(from, "nexthop"),
        Hops = [.. from.GetProperty("hops").EnumerateArray().Select(hop => hop.GetString()!)],
    };

    private static PolicyRule Rule(JsonElement from) => new(At.Nowhere(from.GetProperty("table").GetInt64()))
    {
        Is6 = from.GetProperty("is6").GetBoolean(),
        From = Prefix(from, "from"),
        To = Prefix(from, "to"),
        Iif = Text(from, "iif"),
        Oif = Text(from, "oif"),
        Mark = Number(from, "mark"),
        Priority = Number(from, "priority"),
        Protocol = from.GetProperty("protocol").GetByte(),
        Plain = from.GetProperty("plain").GetBoolean(),
        Words = from.GetProperty("words").GetString()!,
        Raw = Raw(from, "raw"),
    };

    private static Kept Kept(JsonElement from) => new(Enum.Parse<KeptKind>(from.GetProperty("kind").GetString()!), from.GetProperty("link").GetString()!, from.GetProperty("words").GetString()!)
    {
        Message = Raw(from, "message"),
        Master = Text(from, "master"),
        Upper = Text(from, "upper"),
        Nexthop = (uint?)Number(from, "nexthop"),
        Address = Prefix(from, "address"),
        Irreversible = Text(from, "irreversible"),
        Indexes = [.. from.GetProperty("indexes").EnumerateArray().Select(index => (index[0].GetInt32(), index[1].GetString()!))],
    };

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var text) ? text.GetString() : null;
    private static long? Number(JsonElement from, string name) => from.TryGetProperty(name, out var number) ? number.GetInt64() : null;
    private static IpPrefix? Prefix(JsonElement from, string name) => Text(from, name) is { } text ? IpPrefix.Parse(text) : null;
    private static Bytes? Raw(JsonElement from, string name) => from.TryGetProperty(name, out var bytes) ? new(bytes.GetBytesFromBase64()) : null;
}
