// Where a packet goes (net/ipv4/fib_frontend.c, fib_rules.c, net/ipv6/route.c): own addresses first, then the table of the VRF it is in, then the
// tables that policy rules name, in their order, then main.

using Weft.Model;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Stacks.Routing;

/// <summary>What a lookup found.</summary>
internal readonly record struct Found(FibRoute Route, Way Way)
{
    /// <summary>Whom the frame is for on the link: the next hop, or the destination itself.</summary>
    public IpAddr Hop(IpAddr to) => Way.Gateway.IsNone ? to : Way.Gateway;
}

internal sealed class Router
{
    /// <summary>RT_TABLE_DEFAULT; the priorities of the kernel's own rules.</summary>
    private const long DefaultTable = 253, VrfPriority = 1000, MainPriority = 32766, DefaultPriority = 32767;

    private readonly Dictionary<long, RoutingTable> tables = [];
    private readonly List<(Subnet Network, IpLink Link)> locals = [];
    private Rule[] rules = [new(Route.MainTable, MainPriority), new(DefaultTable, DefaultPriority)];

    /// <summary>A policy rule as packets meet it; without more said, it is one of the kernel's own, for both families.</summary>
    private sealed record Rule(long Number, long Priority)
    {
        public bool? Is4 { get; init; }
        public Subnet? From { get; init; }
        public Subnet? To { get; init; }
        public string? Iif { get; init; }
        public string? Oif { get; init; }
        public RoutingTable? Table { get; set; }
    }

    /// <summary>Whether anybody added rules: the kernel takes a shortcut where nobody did (fib4_has_custom_rules).</summary>
    public bool HasRules => rules.Length > 2;

    public RoutingTable Table(long number)
    {
        if (tables.TryGetValue(number, out var table))
            return table;
        tables.Add(number, table = new(number));
        foreach (var rule in rules)
            if (rule.Number == number)
                rule.Table = table;
        return table;
    }

    public RoutingTable TableOf(IpLink link) => Table(link.Domain?.Table ?? Route.MainTable);

    public IEnumerable<RoutingTable> Tables => tables.Values;

    public void Add(PolicyRule rule)
    {
        // A mark that must be there never is: nothing here marks packets.
        if (rule.Mark is > 0)
            return;
        var priority = rule.Priority ?? rules.Where(other => other.Priority > 0).Min(other => other.Priority) - 1;
        rules = [.. rules.Append(new(rule.Table.Value, priority)
        {
            Is4 = !rule.Is6,
            From = rule.From is { } from ? Subnet.Of(from) : null,
            To = rule.To is { } to ? Subnet.Of(to) : null,
            Iif = rule.Iif,
            Oif = rule.Oif,
            Table = tables.GetValueOrDefault(rule.Table.Value),
        }).OrderBy(other => other.Priority)];
    }

    /// <summary>The best way to a destination; several ways of one route are chosen from by the flow.</summary>
    /// <param name="from">The source, or none where it is not chosen yet.</param>
    /// <param name="iif">The link it arrived on; null where it is sent here.</param>
    /// <param name="over">The link or VRF it must leave over; null for any.</param>
    public bool Lookup(IpAddr to, IpAddr from, IpLink? iif, Netdev? over, out Found found, bool onLink = false)
    {
        var domain = iif is not null ? iif.Domain : over is null ? null : over as Vrf ?? over.Master as Vrf;
        var device = over is Vrf ? null : over;
        var isVrfDue = domain is not null;
        foreach (var rule in rules)
        {
            if (isVrfDue && rule.Priority > VrfPriority)
            {
                isVrfDue = false;
                if (In(Table(domain!.Table), to, from, device, onLink, out found))
                    return true;
            }
            if (rule.Table is { } table && IsFor(rule, to, from, iif, over) && In(table, to, from, device, onLink, out found))
                return true;
        }
        found = default;
        return false;
    }

    private static bool IsFor(Rule rule, IpAddr to, IpAddr from, IpLink? iif, Netdev? over) =>
        (rule.Is4 is not { } is4 || is4 == to.Is4)
        && (rule.From is not { } source || source.Contains(from)) && (rule.To is not { } target || target.Contains(to))
        && (rule.Iif is null || (iif is null ? rule.Iif == "lo" : rule.Iif == iif.Device.Name || rule.Iif == iif.Domain?.Name))
        && (rule.Oif is null || rule.Oif == over?.Name);

    private static bool In(RoutingTable table, IpAddr to, IpAddr from, Netdev? device, bool onLink, out Found found)
    {
        if (table.Lookup(to, device, onLink, out var way) is not { } route)
        {
            found = default;
            return false;
        }
        found = new(route, route.Ways.Length > 1 && device is null ? Spread(route, to, from) ?? way : way);
        return true;
    }

    /// <summary>fib_select_multipath: the flow's hash falls into one way's part of all weights. A flow is its two addresses (fib_multipath_hash_policy 0).</summary>
    private static Way? Spread(FibRoute route, IpAddr to, IpAddr from)
    {
        var is4 = to.Is4;
        var all = 0;
        foreach (var way in route.Ways)
            all += RoutingTable.CanGo(way, is4) ? way.Weight : 0;
        if (all == 0)
            return null;
        var share = (int)(Mix(Mix(0x9e37_79b9_7f4a_7c15, from.Bits), to.Bits) % (ulong)all);
        foreach (var way in route.Ways)
            if (RoutingTable.CanGo(way, is4) && (share -= way.Weight) < 0)
                return way;
        return null;
    }

    private static ulong Mix(ulong hash, UInt128 bits)
    {
        hash = (hash ^ (ulong)bits ^ (ulong)(bits >> 64)) * 0xff51_afd7_ed55_8ccd;
        return hash ^ (hash >> 33);
    }

    /// <summary>The table `local`: the link that an address is on.</summary>
    /// <remarks>It is asked before every other table, so that addresses outside every VRF are there for those in one as well.</remarks>
    public IpLink? Local(IpAddr address, IpLink? asker)
    {
        if (address.IsLoopback)
            return asker;
        foreach (var (network, link) in locals)
            if (network.Address == address && (link.Domain is null || link.Domain == asker?.Domain) && (address.Is4 || link.Device.IsUp))
                return link;
        return null;
    }

    public void Enter(Subnet own, IpLink link) => locals.Add((own, link));

    public void Leave(IpLink link) => locals.RemoveAll(own => own.Link == link && !link.Has(own.Network.Address));
}
