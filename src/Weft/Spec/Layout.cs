// Host -> the fields of a host file, the way back of the lift. What is laid out is canonical: two hosts that mean the same
// give the same fields, and what no file can say (an observed state, a link of a kind without a section) is left out.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Spec;

internal static class Layout
{
    public static Fields Of(Host host) => new(
    [
        .. host.Rest,
        .. host.Sysctls.Count == 0 ? Array.Empty<Field>() : [Field("sysctls", new Value.Map(new(Attributes(host.Sysctls, HostLines.All))))],
        .. LinkKind.Declared.Where(kind => host.Of(kind).Any()).Select(kind => Field(kind.Section!, new Value.Map(new(host.Of(kind).Select(link => new Field(link.Name, At.Nowhere<Value>(Entry(link)))))))),
        .. host.Routes.IsEmpty ? Array.Empty<Field>() : [Field("routes", new Value.List([.. host.Routes.Select(route => At.Nowhere<Value>(Entry(route)))]))],
        .. host.Rules.IsEmpty ? Array.Empty<Field>() : [Field("rules", new Value.List([.. host.Rules.Select(rule => At.Nowhere<Value>(Entry(rule)))]))],
    ]);

    private static Value.Map Entry(Link link) => new(new(
    [
        .. link.Rest,
        .. Attributes(link.Settings, Table.OfLink(link.Kind)),
        .. link.Ports.IsEmpty ? Array.Empty<Field>() : [Field("ports", Ports(link.Ports))],
        .. link.Addresses.IsEmpty ? Array.Empty<Field>() : [Field("addresses", new Value.List([.. link.Addresses.Select(address => At.Nowhere(Entry(address.Value, link.LifetimeOf(address.Value))))]))],
        .. link.Gateways.IsEmpty ? Array.Empty<Field>() : [Field("gateway", Value.Of(link.Gateways.Select(gateway => gateway.ToString())))],
    ]));

    private static Value Entry(IpPrefix address, Lifetime lifetime) =>
        lifetime == Lifetime.Forever ? Value.Of(address.ToString()) : new Value.Map(new([Field("address", Value.Of(address.ToString())), .. lifetime.Keys()]));

    private static Value Ports(ImmutableArray<Port> ports) =>
        ports.All(port => port.Settings.Count == 0 && port.Rest.Count == 0)
            ? Value.Of(ports.Select(port => port.Name.Value))
            : new Value.Map(new(ports.Select(port => new Field(port.Name, At.Nowhere<Value>(new Value.Map(new([.. Attributes(port.Settings, Table.All.Where(line => line.Home == Home.Port)), .. port.Rest])))))));

    /// <summary>An empty word is the kernel's "none" (a bond without a primary); a file says that by leaving the key out.</summary>
    private static IEnumerable<Field> Attributes(Settings settings, IEnumerable<Model.Attributes.Attribute> lines) =>
        from line in lines
        let value = settings.Get(line)
        where value is { Value: not Value.Word { Text: "" } }
        select new Field(At.Nowhere(line.Name), value);

    private static Value.Map Entry(Route route)
    {
        var isDefault = route.To.Value.IsEverything && (!route.To.Value.Is6 || route.Ways.Any(way => way.Via is not null));
        var fields = new List<Field> { Field("to", Value.Of(isDefault ? "default" : route.To.ToString())) };
        if (route.Via is { } via)
            fields.Add(Field("via", Value.Of(via.ToString())));
        if (route.Link is { } link && route.Nexthops.IsEmpty)
            fields.Add(Field("link", Value.Of(link.ToString())));
        if (!route.Nexthops.IsEmpty)
            fields.Add(Field("nexthops", new Value.List([.. route.Nexthops.Select(hop => At.Nowhere<Value>(Entry(hop)))])));
        if (route.Metric is { } metric)
            fields.Add(Field("metric", Value.Of(metric.Value)));
        if (route.IsTableSaid == true || route.Table != Route.MainTable)
            fields.Add(Field("table", Value.Of(route.Table)));
        if (route.Scope is { } scope)
            fields.Add(Field("scope", Value.Of(scope)));
        if (route.Source is { } source)
            fields.Add(Field("src", Value.Of(source.ToString())));
        if (route.OnLink)
            fields.Add(Field("onlink", Value.Of(true)));
        if (route.Mtu is { } mtu)
            fields.Add(Field("mtu", Value.Of(mtu)));
        return new(new(fields));
    }

    private static Value.Map Entry(NextHop hop)
    {
        var fields = new List<Field>();
        if (hop.Via is { } via)
            fields.Add(Field("via", Value.Of(via.ToString())));
        if (hop.Link is { } link)
            fields.Add(Field("link", Value.Of(link.ToString())));
        if (hop.Weight != 1)
            fields.Add(Field("weight", Value.Of(hop.Weight)));
        if (hop.OnLink)
            fields.Add(Field("onlink", Value.Of(true)));
        return new(new(fields));
    }

    private static Value.Map Entry(PolicyRule rule)
    {
        var fields = new List<Field>();
        if (rule.From is { } from)
            fields.Add(Field("from", Value.Of(from.ToString())));
        if (rule.To is { } to)
            fields.Add(Field("to", Value.Of(to.ToString())));
        if (rule is { Is6: true, From: null, To: null })
            fields.Add(Field("from", Value.Of(IpPrefix.Everything(true).ToString())));
        if (rule.Iif is { } iif)
            fields.Add(Field("iif", Value.Of(iif)));
        if (rule.Oif is { } oif)
            fields.Add(Field("oif", Value.Of(oif)));
        if (rule.Mark is { } mark)
            fields.Add(Field("fwmark", Value.Of(mark)));
        fields.Add(Field("table", Value.Of(rule.Table.Value)));
        if (rule.Priority is { } priority)
            fields.Add(Field("priority", Value.Of(priority)));
        return new(new(fields));
    }

    private static Field Field(string name, Value value) => new(At.Nowhere(name), At.Nowhere(value));
}
