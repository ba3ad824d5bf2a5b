// A whole host as lines of text, so that two can be compared and the difference read. Left out is what differs by nature:
// indexes, carriers, how the addresses of several networks stand among each other, what is left of a time; a MAC that nobody named (a kernel's own choice) is "made up". In the balancing
// modes which port has which MAC depends on who is active, so ports of such bonds show none.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.RandomHosts;

public static class Facts
{
    private const string MadeUp = "made up";

    /// <param name="observation">The host.</param>
    /// <param name="known">The MACs that somebody gave: NICs' own and files'.</param>
    /// <param name="file">Where hosts with different pasts are compared: the file that both are of. MACs that the past decides are left out.</param>
    /// <param name="hidden">Also what only a kernel can compare with a kernel: who set a MAC.</param>
    public static List<string> Of(Observation observation, IReadOnlySet<string> known, Host? file = null, bool hidden = false)
    {
        var host = observation.Host;
        var past = file is null ? [] : OfThePast(host, file);
        var lines = new List<string> { $"new links speak IPv6: {observation.NewLinksIpv6}" };
        foreach (var link in host.Links.Where(link => link.Name.Value != "lo"))
        {
            var master = link.State?.Master is { } name ? host.Find(name) : null;
            var balances = master?.Settings.Word(BondLines.Mode) is BondLines.Tlb or BondLines.Alb;
            var settings = link.Settings.Word(Table.Mac) is { } mac && (balances || !known.Contains(mac) || past.Contains(link.Name.Value) || (!hidden && WillTake(link))) ? link.Settings.With(Table.Mac, Value.Of(MadeUp)) : link.Settings;
            foreach (var (line, value) in settings)
                lines.Add($"{link}: {line} {value}");
            lines.Add($"{link}: master {link.State?.Master}");
            // A made-up MAC that a step gave to another link is there by inheritance on one of two kernels, and by hand on the other.
            if (hidden && !balances && (link.Kind == LinkKind.Nic || link.Kind == LinkKind.Bond || settings.Word(Table.Mac) != MadeUp))
                lines.Add($"{link}: mac set {link.State?.MacIsSet}");
            if (link.Vlans is { } own)
                lines.Add($"{link}: own vlans {own}");
            lines.AddRange(Addresses(link, hidden).Select(address => $"{link}: address {address}"));
            foreach (var port in link.Ports)
                lines.Add($"{link}: port {port.Name} {port.Settings.Where(attribute => !BridgePortLines.IsBySpeed(attribute, port.Settings.ValueOf(attribute)))} vlans {port.Vlans}");
        }
        foreach (var (line, value) in host.Sysctls)
            lines.Add($"{line} {value}");
        foreach (var route in host.Routes)
            lines.Add($"route {route} scope {route.Scope} src {route.Source} onlink {route.OnLink} mtu {route.Mtu} protocol {route.Protocol}");
        foreach (var rule in host.Rules)
            lines.Add($"rule {(rule.Is6 ? 6 : 4)} {rule} protocol {rule.Protocol}");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>
    /// Which of them are the first of their network, in their order, and who comes after whom in a network; of IPv6 who comes after whom. Kernels
    /// of one past have them in one order altogether.
    /// </summary>
    private static IEnumerable<string> Addresses(Link link, bool hidden)
    {
        var all = link.State is { Listed: { IsEmpty: false } listed } ? [.. listed] : link.Addresses.Select(address => address.Value).ToList();
        var groups = hidden ? all.GroupBy(address => address.Is6 ? "6" : "4", StringComparer.Ordinal) : all.Where(address => !address.Is6).DistinctBy(address => address.Network).GroupBy(_ => "first", StringComparer.Ordinal)
            .Concat(all.GroupBy(address => address.Is6 ? "6" : $"{address.Network}", StringComparer.Ordinal));
        return groups.Select(group => $"{group.Key}: {string.Join(", ", group.Select(address => $"{address} {Times(link.LifetimeOf(address))}"))}");
    }

    /// <summary>Times that run out are less on one kernel than on another.</summary>
    private static string Times(Lifetime lifetime) =>
        lifetime == Lifetime.Forever ? "forever" : $"{(lifetime.Preferred is > 0 ? "preferred for a time" : $"{lifetime.Preferred}")} {(lifetime.Ends ? "ends" : "forever")}";

    /// <summary>A VLAN that is down and was given no MAC: the one it has is none yet, for it takes its lower link's when it comes up.</summary>
    private static bool WillTake(Link link) => link.Kind == LinkKind.Vlan && link.Settings.Flag(Table.Up) == false && link.State?.MacIsSet != true;

    /// <summary>
    /// Links whose MAC the past decides. A VLAN that is down takes its lower link's only when it comes up; a bond or bridge without ports
    /// has the one it once came to; and these are handed on: to VLANs on top, to a bond or bridge above, by a bond to its ports.
    /// </summary>
    private static HashSet<string> OfThePast(Host host, Host file)
    {
        var past = new HashSet<string>(StringComparer.Ordinal);
        bool IsPast(string? name) => name is not null && past.Contains(name);
        bool Begins(Link link) => IsMadeUp(link) || BondLines.MovesMac(link.Settings) || (link.Kind == LinkKind.Vlan ? link.Settings.Flag(Table.Up) == false : link.Kind.HasPorts && link.Ports.IsEmpty);
        bool IsHanded(Link link) => IsPast(link.Lower) || link.Ports.Any(port => IsPast(port.Name.Value));
        bool IsLent(Link link) => link.State?.Master is { } master && IsPast(master) && host.Find(master)?.Kind == LinkKind.Bond;
        bool Joins(Link link) => IsLent(link) || (file.Find(link.Name.Value)?.Settings.Word(Table.Mac) is null or "default" && (Begins(link) || IsHanded(link)));
        while (host.Links.Where(link => !IsPast(link.Name.Value) && Joins(link)).ToList() is { Count: > 0 } more)
            past.UnionWith(more.Select(link => link.Name.Value));
        return past;
    }

    /// <summary>A kind whose MAC the kernel makes up, once and for all: one that somebody gave it stays when he says it no more.</summary>
    private static bool IsMadeUp(Link link) =>
        link.Kind == LinkKind.Dummy || link.Kind == LinkKind.Veth || link.Kind == LinkKind.Vxlan || link.Kind == LinkKind.Vrf || (link.Kind == LinkKind.Macvlan && !MacvlanLines.IsPassthru(link.Settings.ValueOf(MacvlanLines.Mode)));

    /// <summary>What stands in one and not in the other; empty where they are the same.</summary>
    public static List<string> Difference(List<string> wanted, List<string> there)
    {
        var (missing, extra) = (new List<string>(wanted), new List<string>(there));
        missing.RemoveAll(line => extra.Remove(line));
        return [.. missing.Select(line => $"- {line}"), .. extra.Select(line => $"+ {line}")];
    }
}
