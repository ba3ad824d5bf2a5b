// The other way: JSON members to what steps and hosts are made of. Throws on what is none; the doors of this room catch it.

using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal static class ModelReading
{
    /// <summary>Settings of a link of this kind, its options as a port among them; of a port alone where there is no kind.</summary>
    public static Settings Settings(this JsonElement from, string name, LinkKind? kind) =>
        Model.Settings.Of(from.GetProperty(name).EnumerateObject().Select(property => KeyValuePair.Create(
            (kind is null ? Table.FindOfPort(property.Name) : Table.Find(kind, property.Name)) ?? throw new FormatException($"no attribute {property.Name}"), At.Nowhere(Value(property.Value)))));

    public static IEnumerable<VlanRun> Runs(this JsonElement from, string name) =>
        from.GetProperty(name).EnumerateArray().Select(run => new VlanRun(run[0].GetInt32(), run[1].GetInt32(), run[2].GetBoolean(), run[3].GetBoolean()));

    private static Value Value(JsonElement from) => from.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Model.Value.Of(from.GetBoolean()),
        JsonValueKind.Number => Model.Value.Of(from.GetInt64()),
        JsonValueKind.Array => new Value.List([.. from.EnumerateArray().Select(item => At.Nowhere(Value(item)))]),
        JsonValueKind.Object => new Value.Map(new(from.EnumerateObject().Select(property => new Field(At.Nowhere(property.Name), At.Nowhere(Value(property.Value)))))),
        _ => Model.Value.Of(from.AsText()),
    };

    public static Route Route(this JsonElement from) => new(At.Nowhere(IpPrefix.Parse(from.Said("to"))))
    {
        Via = from.Text("via") is { } via ? At.Nowhere(IPAddress.Parse(via)) : null,
        Link = from.Text("link") is { } link ? At.Nowhere(link) : null,
        Metric = from.Number("metric") is { } metric ? At.Nowhere(metric) : null,
        Table = from.GetProperty("table").GetInt64(),
        Scope = from.Text("scope"),
        Source = from.Text("source") is { } source ? IPAddress.Parse(source) : null,
        OnLink = from.GetProperty("onLink").GetBoolean(),
        Mtu = from.Number("mtu"),
        Protocol = from.GetProperty("protocol").GetByte(),
        Plain = from.GetProperty("plain").GetBoolean(),
        Raw = from.Raw("raw"),
        Nexthop = (uint?)from.Number("nexthop"),
        Nexthops = [.. from.GetProperty("hops").EnumerateArray().Select(Hop)],
    };

    private static NextHop Hop(JsonElement from) => new(from.Text("via") is { } via ? At.Nowhere(IPAddress.Parse(via)) : null, from.Text("link") is { } link ? At.Nowhere(link) : null)
    {
        Weight = from.GetProperty("weight").GetInt64(),
        OnLink = from.GetProperty("onLink").GetBoolean(),
    };

    public static PolicyRule Rule(this JsonElement from) => new(At.Nowhere(from.GetProperty("table").GetInt64()))
    {
        Is6 = from.GetProperty("is6").GetBoolean(),
        From = from.Prefix("from"),
        To = from.Prefix("to"),
        Iif = from.Text("iif"),
        Oif = from.Text("oif"),
        Mark = from.Number("mark"),
        Priority = from.Number("priority"),
        Protocol = from.GetProperty("protocol").GetByte(),
        Plain = from.GetProperty("plain").GetBoolean(),
        Words = from.Said("words"),
        Raw = from.Raw("raw"),
    };

    public static Kept Kept(this JsonElement from) => new(Enum.Parse<KeptKind>(from.Said("kind")), from.Said("link"), from.Said("words"))
    {
        Message = from.Raw("message"),
        Master = from.Text("master"),
        Line = from.Text("line"),
        Upper = from.Text("upper"),
        Nexthop = (uint?)from.Number("nexthop"),
        Address = from.Prefix("address"),
        Irreversible = from.Text("irreversible"),
        Indexes = [.. from.GetProperty("indexes").EnumerateArray().Select(index => (index[0].GetInt32(), index[1].AsText()))],
    };

    public static Lifetime Lifetime(this JsonElement from) => new(from.Number("preferred"), from.Number("valid"));

    /// <summary>A member that must be text.</summary>
    public static string Said(this JsonElement from, string name) => from.GetProperty(name).AsText();

    /// <summary>Text; null is of another shape, like a number.</summary>
    public static string AsText(this JsonElement from) => from.GetString() ?? throw new FormatException("null in place of text");

    public static string? Text(this JsonElement from, string name) => from.TryGetProperty(name, out var text) ? text.GetString() : null;
    public static long? Number(this JsonElement from, string name) => from.TryGetProperty(name, out var number) ? number.GetInt64() : null;
    public static IpPrefix? Prefix(this JsonElement from, string name) => from.Text(name) is { } text ? IpPrefix.Parse(text) : null;
    public static Bytes? Raw(this JsonElement from, string name) => from.TryGetProperty(name, out var bytes) ? new(bytes.GetBytesFromBase64()) : null;
}
