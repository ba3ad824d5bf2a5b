// What the random hosts of a run held, and which traps the ways between them had. Counted, printed, and asserted to be there:
// a law that is never tried is no law.

using System.Globalization;
using System.Text;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.RandomHosts;

/// <summary>Counts of kinds, stackings, settings and traps.</summary>
public sealed class Coverage
{
    private readonly Dictionary<string, int> counts = Traps.All.Select(trap => trap.Name).Concat(Contents.All.Select(content => content.Name)).ToDictionary(name => name, _ => 0, StringComparer.Ordinal);

    public int Pairs { get; private set; }

    /// <summary>What no pair of the run had.</summary>
    public IEnumerable<string> Missing => counts.Where(pair => pair.Value == 0).Select(pair => pair.Key);

    /// <summary>Counts a pair once for everything that it holds.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="steps">The plan from its first host to its second.</param>
    public void Count(Pair pair, IReadOnlyList<Step> steps)
    {
        Pairs++;
        var (from, to) = (RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!);
        foreach (var (name, holds) in Contents.All)
            if (holds(to, pair.To.ToString()))
                counts[name]++;
        foreach (var (name, holds) in Traps.All)
            if (holds(new Way(from, to, steps)))
                counts[name]++;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Pairs} pairs\n");
        foreach (var (name, count) in counts)
            text.Append(CultureInfo.InvariantCulture, $"{count,6} {name}\n");
        return text.ToString();
    }
}

/// <summary>What a single host may hold.</summary>
internal static class Contents
{
    public static readonly IReadOnlyList<(string Name, Func<Host, string, bool> Holds)> All =
    [
        .. LinkKind.Declared.Select(kind => (kind.Word, Links(link => link.Kind == kind))),
        .. LinkKind.Declared.Where(kind => kind != LinkKind.Vrf).Select(kind => ($"VLAN on a {kind}", Links((host, link) => link.Kind == LinkKind.Vlan && link.Lower is { } lower && host.Find(lower)?.Kind == kind))),
        .. new[] { LinkKind.Nic, LinkKind.Bond, LinkKind.Bridge, LinkKind.Vlan, LinkKind.Vxlan }.Select(kind => ($"MACVLAN on a {kind}", Links((host, link) => link.Kind == LinkKind.Macvlan && host.Find(link.Lower!)?.Kind == kind))),
        .. new[] { LinkKind.Nic, LinkKind.Bond, LinkKind.Bridge, LinkKind.Vlan, LinkKind.Vxlan, LinkKind.Veth }.Select(kind => ($"VRF of a {kind}", Over(LinkKind.Vrf, kind))),
        ("VXLAN in a bridge", Over(LinkKind.Bridge, LinkKind.Vxlan)),
        ("gateway of a VRF's port", Links((host, link) => !link.Gateways.IsEmpty && host.TableOf(link.Name.Value) is not null)),
        ("route over a VRF's port", (host, _) => host.Routes.Any(route => route.Link is { } over && host.TableOf(over.Value) is not null)),
        ("802.1ad", Links(link => link.Settings.Word(VlanLines.Protocol) == "802.1ad")),
        .. new[] { LinkKind.Nic, LinkKind.Vlan }.Select(kind => ($"bond over a {kind}", Over(LinkKind.Bond, kind))),
        .. new[] { LinkKind.Nic, LinkKind.Bond, LinkKind.Vlan }.Select(kind => ($"bridge over a {kind}", Over(LinkKind.Bridge, kind))),
        .. new[] { LinkKind.Bond, LinkKind.Bridge }.Select(kind => ($"{kind} without ports", Links(link => link.Kind == kind && link.Ports.IsEmpty))),
        .. Words.Modes.Select(mode => ($"mode {mode}", Links(link => link.Settings.Word(BondLines.Mode) == mode))),
        ("VLAN-aware bridge", Links(link => link.Settings.Flag(BridgeLines.VlanFiltering) == true)),
        ("a port's VLANs", Links(link => link.Ports.Any(port => port.Vlans is not null))),
        ("a bridge's own VLANs", Links(link => link.Vlans is not null)),
        .. Table.All.Where(line => line != Table.Master && line.Home is not (Home.Host or Home.Client or Home.Names or Home.Switch) && !Words.IsNewer(line) && (line.Home != Home.Hardware || line == NicLines.Offloads)).Select(line => ($"{(line.Home == Home.Port ? $"{line.Kinds[0]} port's " : line.Kinds is [var kind] ? $"{kind}'s " : "")}{line.Name} said", Links(link => link.Settings.Has(line) || link.Ports.Any(port => port.Settings.Has(line))))),
        .. HostLines.All.Select(line => ($"{line} said", (Func<Host, string, bool>)((host, _) => host.Sysctls.Has(line)))),
        ("up: false", Links(link => link.Settings.Flag(Table.Up) == false)),
        ("ipv6: false", Links(link => link.Settings.Flag(Table.Ipv6) == false)),
        ("default as a word", Links(link => link.Settings.Any(pair => pair.Value.ToString() == "default"))),
        ("IPv4 address", Links(link => link.Addresses.Any(address => !address.Value.Is6))),
        ("IPv6 address", Links(link => link.Addresses.Any(address => address.Value.Is6))),
        ("two addresses of one network", Links(link => link.Addresses.GroupBy(address => address.Value.Network).Any(network => network.Count() > 1))),
        ("deprecated address", Links(link => link.Lifetimes.Values.Any(lifetime => lifetime.Preferred == 0))),
        ("address that ends", Links(link => link.Lifetimes.Values.Any(lifetime => lifetime.Ends))),
        ("gateway", Links(link => !link.Gateways.IsEmpty)),
        ("route by next hop", Routes(route => route.Via is not null)),
        ("route with several next hops", Routes(route => !route.Nexthops.IsEmpty)),
        ("route to a link", Routes(route => route.Via is null)),
        ("IPv6 route", Routes(route => route.To.Value.Is6)),
        ("route with metric", Routes(route => route.Metric is not null)),
        ("route in a table", Routes(route => route.Table != Route.MainTable)),
        ("route with source", Routes(route => route.Source is not null)),
        ("route with MTU", Routes(route => route.Mtu is not null)),
        ("route on link", Routes(route => route.OnLink)),
        ("policy rule", (host, _) => !host.Rules.IsEmpty),
        ("IPv6 policy rule", (host, _) => host.Rules.Any(rule => rule.Is6)),
        ("network", (_, text) => text.Contains("networks:", StringComparison.Ordinal)),
        ("absent", (host, _) => host.Absent.Any()),
    ];

    private static Func<Host, string, bool> Links(Func<Link, bool> holds) => (host, _) => host.Links.Any(holds);
    private static Func<Host, string, bool> Links(Func<Host, Link, bool> holds) => (host, _) => host.Links.Any(link => holds(host, link));
    private static Func<Host, string, bool> Routes(Func<Route, bool> holds) => (host, _) => host.Routes.Any(holds);
    private static Func<Host, string, bool> Over(LinkKind master, LinkKind port) => Links((host, link) => link.Kind == master && link.Ports.Any(of => host.Find(of.Name.Value)?.Kind == port));
}
