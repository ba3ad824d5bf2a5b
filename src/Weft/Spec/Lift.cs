// Canonical fields -> host. Everything here was accepted by the walk, so nothing is parsed twice and little can go wrong:
// what is left is one name declared in two sections.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Spec;

internal sealed class Lift(ShapeWalk walk, List<Finding> findings)
{
    public Host Host(Fields file)
    {
        var links = ImmutableArray.CreateBuilder<Link>();
        var seen = new Dictionary<string, Link>(StringComparer.Ordinal);
        foreach (var kind in LinkKind.Declared)
            foreach (var entry in file.Map(kind.Section!) ?? Fields.Empty)
            {
                var link = Link(entry, kind);
                if (seen.TryAdd(link.Name.Value, link))
                    links.Add(link);
                else
                    findings.Add(Finding.Error("duplicate-name", link.Name.Place, $"{link.Name} is declared twice: as a {kind} here, as a {seen[link.Name.Value].Kind} in line {seen[link.Name.Value].Name.Place.Line}",
                        "a host has one link of each name", "give one of the two another name"));
            }
        return new()
        {
            Links = links.ToImmutable(),
            Routes = [.. file.List("routes").Select(item => Entry.Of(item)).Where(route => route.Has("to")).Select(Route)],
            Rules = [.. file.List("rules").Select(item => Entry.Of(item)).Where(rule => rule.Has("table")).Select(Rule)],
            Sysctls = Attributes(file.Map("sysctls") ?? Fields.Empty, HostLines.All),
            Rest = file.Without([.. LinkKind.Declared.Select(kind => kind.Section!), "routes", "rules", "sysctls"]),
            Unread = walk.Unread(file),
            ProbesHalfRead = [.. file.List("probes").Where(item => !walk.Unread(Entry.Of(item)).IsEmpty).Select(item => item.Place)],
            CablingHalfRead = [.. (file.Map("cabling") ?? Fields.Empty).Concat(file.Map("switches") ?? Fields.Empty).Where(entry => !walk.Unread(Entry.Of(entry)).IsEmpty).Select(entry => entry.Name.Place)],
        };
    }

    private Link Link(Field entry, LinkKind kind)
    {
        var fields = Entry.Of(entry);
        var settings = Attributes(fields, Table.OfLink(kind));
        return new(entry.Name, kind)
        {
            Settings = settings,
            Ports = Ports(fields.Get("ports")?.Value, kind),
            Vlans = kind == LinkKind.Bridge ? Vlans(fields) : null,
            Addresses = Entry.Prefixes(fields, "addresses"),
            Lifetimes = Entry.Lifetimes(fields, "addresses"),
            Gateways = [.. fields.List("gateway").Select(item => At.Of(IPAddress.Parse(item.ToString()), item.Place))],
            Rest = fields.Without([.. settings.Select(pair => pair.Key.Name), "ports", "addresses", "gateway"]),
            Unread = walk.Unread(fields),
        };
    }

    private ImmutableArray<Port> Ports(Value? ports, LinkKind master) => ports switch
    {
        Value.List names => [.. names.Items.Select(name => new Port(At.Of(name.ToString(), name.Place), Settings.Empty))],
        Value.Map map => [.. map.Fields.Select(entry => Port(entry, master))],
        _ => [],
    };

    private Port Port(Field entry, LinkKind master)
    {
        var fields = Entry.Of(entry);
        var settings = Attributes(fields, Table.OfPort(master));
        return new(entry.Name, settings) { Vlans = master == LinkKind.Bridge ? Vlans(fields) : null, Rest = fields.Without([.. settings.Select(pair => pair.Key.Name)]), IsUnread = !walk.Unread(fields).IsEmpty };
    }

    /// <summary>`vlans` are tagged, `pvid` is what comes and leaves untagged; null where the entry says neither.</summary>
    private static VlanTable? Vlans(Fields fields) => !fields.Has("vlans") && !fields.Has("pvid") ? null : VlanTable.Of(
    [
        .. fields.List("vlans").Select(item => VlanRange.Of(item.Value)),
        .. fields.Number("pvid") is { } pvid ? new VlanRun[] { new((int)pvid, (int)pvid, Pvid: true, Untagged: true) } : [],
    ]);

    /// <summary>A network of everything says the family and nothing else.</summary>
    private static PolicyRule Rule(Fields fields)
    {
        IpPrefix? Prefix(string key) => fields.Word(key) is { } text && text != "default" ? IpPrefix.Parse(text) : null;
        var (from, to) = (Prefix("from"), Prefix("to"));
        var table = fields.Get("table")!;
        return new(At.Of(((Value.Number)table.Value).Count, table.Place))
        {
            Is6 = (from ?? to)?.Is6 ?? false,
            From = from is { IsEverything: false } ? from : null,
            To = to is { IsEverything: false } ? to : null,
            Iif = fields.Word("iif"),
            Oif = fields.Word("oif"),
            Mark = fields.Number("fwmark"),
            Priority = fields.Number("priority"),
        };
    }

    private static Settings Attributes(Fields fields, ImmutableArray<Model.Attributes.Attribute> lines)
    {
        if (fields.Count == 0)
            return Settings.Empty;
        var said = new List<KeyValuePair<Model.Attributes.Attribute, At<Value>>>(fields.Count);
        foreach (var line in lines)
            if (fields.Get(line.Name) is { } value)
                said.Add(KeyValuePair.Create(line, value));
        return Settings.Of(said);
    }

    private static At<IPAddress>? Via(Fields fields) => fields.Get("via") is { } hop ? At.Of(IPAddress.Parse(hop.ToString()), hop.Place) : null;

    private static ImmutableArray<NextHop> Hops(Fields fields) =>
    [
        .. fields.List("nexthops").Select(item => Entry.Of(item)).Select(hop => new NextHop(Via(hop), Entry.Word(hop, "link"))
        {
            Weight = hop.Number("weight") ?? 1,
            OnLink = hop.Flag("onlink") ?? false,
        }),
    ];

    private Route Route(Fields fields)
    {
        var via = Via(fields);
        var to = fields.Get("to")!;
        var hops = Hops(fields);
        var is6 = (via ?? hops.FirstOrDefault()?.Via)?.Value.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var route = new Route(At.Of(to.ToString() == "default" ? IpPrefix.Everything(is6) : IpPrefix.Parse(to.ToString()), to.Place))
        {
            Via = via,
            Nexthops = hops,
            Link = Entry.Word(fields, "link"),
            Metric = fields.Get("metric") is { Value: Value.Number metric, Place: var place } ? At.Of(metric.Count, place) : null,
            Table = fields.Number("table") ?? Model.Route.MainTable,
            IsTableSaid = fields.Has("table"),
            Scope = fields.Word("scope"),
            Source = fields.Word("src") is { } source ? IPAddress.Parse(source) : null,
            OnLink = fields.Flag("onlink") ?? false,
            Mtu = fields.Number("mtu"),
            IsUnread = !walk.Unread(fields).IsEmpty,
        };
        return hops is [var only] && route is { Via: null, Link: null } ? route.Over([only]) : route;
    }
}
