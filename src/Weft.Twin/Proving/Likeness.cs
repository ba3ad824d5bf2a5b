// What two ends must have in common to be alike: then what is proven of one is proven of the other. The likeness of an end is a text of everything that its frames
// meet on their way to the cables, with names, addresses and VLAN ids of its own taken out and what follows from them put in.

using System.Globalization;
using System.Text;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal sealed class Likeness
{
    private const int Deepest = 16;

    /// <summary>Settings that a link has for itself alone.</summary>
    private static readonly HashSet<string> Own = new(["id", "link", "mac", "mtu"], StringComparer.Ordinal);

    private readonly Layout layout;
    private readonly Dictionary<(NamedHost, string, long?), string> stacks = [];
    private readonly Dictionary<(NamedHost, long), string> carried = [];
    private readonly Dictionary<NamedHost, string> hosts = [];
    private readonly Dictionary<NamedHost, HashSet<string>> named = [];
    private readonly Dictionary<NamedHost, ILookup<string, LinkKind>> masters = [];

    public Likeness(Layout layout) => this.layout = layout;

    /// <summary>Everything that decides what becomes of a question, and nothing that only names it.</summary>
    public string Of(Question question)
    {
        if (question.Beside.Count > 0 || question.Through.Count > 0)
            return $"{question} from {Exactly(question.Asker)} to {Exactly(question.Asked)}";
        if (question.Asker is null || !question.Asker.Own.Contains(question.Target))
            return question.Asker is null && question.Asked is not null && IsNear(question.Asked, question.From) ? $"{question.From} asks {Of(question.Asked)}" : $"{question} from {Exactly(question.Asker)} to {Exactly(question.Asked)}";
        var asked = question.Asked is { } end ? Of(end) : $"{question.To} {Where(question.Asker)}";
        // Two of one host may be in different networks, and then their frames meet only behind the cables.
        return $"{Of(question.Asker)} asks {asked}{(question.Asked?.Host is { } host && host == question.Asker.Host ? question.Asked.Link == question.Asker.Link ? " here" : " beside" : "")}{(question.Asked is { } other && !other.Vlans.SequenceEqual(question.Asker.Vlans) ? " elsewhere" : "")}{(question.Asked?.Tag == question.Asker.Tag ? "" : " otherwise tagged")} {question.Target.AddressFamily}";
    }

    private static string Exactly(End? end) => end is null ? "" : $"{end.Machine} {end.Link} {end.Own}";

    private bool IsNear(End end, string box) => layout.Boxes.Exists(other => other.Name == box && other.Addresses.Values.Any(list => list.Exists(own => end.Own.Contains(own.Address))));

    /// <summary>A switch's address, as the one who asks for it sees it: which VLAN it is in follows from who asks.</summary>
    private static string Where(End asker) => asker.Gateways.Count > 0 ? "gateway" : "address";

    private string Of(End end)
    {
        var text = new StringBuilder(HostOf(end.Host)).Append('|').Append(Stack(end.Host, end.Link, end.Guest?.Vlan)).Append('|').Append(end.Own.Length);
        if (end.Guest is { } guest)
            text.Append(CultureInfo.InvariantCulture, $" guest {guest.Mtu} {guest.Gateways.Count}");
        return text.ToString();
    }

    /// <summary>A link and everything below it.</summary>
    private string Stack(NamedHost host, string name, long? vlan, int depth = 0)
    {
        if (depth > Deepest || host.Host.Find(name) is not { } link)
            return name;
        if (stacks.TryGetValue((host, name, vlan), out var known))
            return known;
        var text = new StringBuilder($"{link.Kind}");
        // A link that something else of the file speaks of is like no other: its name is part of it. NICs and bonds are what fails.
        if ((link.Kind != LinkKind.Vlan && link.Kind != LinkKind.Bridge) || NamesOf(host).Contains(name))
            text.Append(' ').Append(name);
        foreach (var (line, value) in link.Settings.Where(said => !Own.Contains(said.Key.Name)))
            text.Append(' ').Append(line.Name).Append('=').Append(value.Value);
        text.Append(" mtu ").Append(link.Settings.Number(Table.Mtu)).Append(link.Settings.Word(Table.Mac) is null ? "" : " mac").Append(' ').Append(link.Addresses.Length).Append(' ').Append(link.Gateways.Length);
        foreach (var field in link.Rest)
            text.Append(' ').Append(field.Name).Append(field.Value);
        if (Tags.Of(host.Host, name) is [var tag, ..] || (vlan is not null && (tag = vlan.Value) > 0))
            text.Append(Carried(host, vlan ?? tag));
        text.Append(vlan is null ? "" : " tagged").Append(link.Vlans is null ? "" : $" {link.Vlans}");
        foreach (var port in link.Ports)
        {
            text.Append(" <").Append(Stack(host, port.Name.Value, null, depth + 1));
            foreach (var (line, value) in port.Settings)
                text.Append(' ').Append(line.Name).Append('=').Append(value.Value);
            text.Append(port.Vlans is null ? "" : $" {port.Vlans}").Append(vlan is { } tagged && port.Vlans?.Runs.FirstOrDefault(run => run.From <= tagged && tagged <= run.To) is { } run ? $" in {run.Pvid} {run.Untagged}" : "").Append('>');
        }
        // What is a port of something else has no life of its own.
        foreach (var kind in MastersOf(host)[name])
            text.Append(" port of ").Append(kind);
        if (link.Lower is { } lower)
            text.Append(" on ").Append(Stack(host, lower, null, depth + 1));
        return stacks[(host, name, vlan)] = text.ToString();
    }

    /// <summary>What each link is a port of, but for bonds: by name, as there are thousands.</summary>
    private ILookup<string, LinkKind> MastersOf(NamedHost host)
    {
        if (!masters.TryGetValue(host, out var known))
            masters[host] = known = host.Host.Links.Where(master => master.Kind != LinkKind.Bond).SelectMany(master => master.Ports.Select(port => port.Name.Value).Distinct(StringComparer.Ordinal), (master, port) => (Port: port, master.Kind)).ToLookup(pair => pair.Port, pair => pair.Kind, StringComparer.Ordinal);
        return known;
    }

    /// <summary>Which cables carry a VLAN, and which switches answer in it.</summary>
    private string Carried(NamedHost host, long vlan)
    {
        if (carried.TryGetValue((host, vlan), out var known))
            return known;
        var text = new StringBuilder(" carried");
        foreach (var cord in layout.Cords.Where(cord => cord.Host == host))
            text.Append(cord.Native == vlan ? " native" : cord.Carries(vlan) ? " tagged" : " not");
        foreach (var box in layout.Boxes.Where(box => box.Addresses.ContainsKey(vlan)))
            text.Append(' ').Append(box.Name).Append(' ').Append(box.Addresses[vlan].Count);
        return carried[(host, vlan)] = text.ToString();
    }

    /// <summary>A host by what it is and not by its name: hosts that are cabled alike and have the same NICs and bonds are alike.</summary>
    private string HostOf(NamedHost host)
    {
        if (hosts.TryGetValue(host, out var known))
            return known;
        var (text, groups) = (new StringBuilder(), new List<(Box?, string)>());
        foreach (var cord in layout.Cords.Where(cord => cord.Host == host))
            text.Append(CultureInfo.InvariantCulture, $"{cord.Label} {cord.Member} {cord.Native} {string.Join(',', cord.Tagged)} {(cord.Group is { } group ? $"{Shared(cord, group)} {cord.Lacp}" : "")} {cord.Speed};");
        foreach (var bridge in Across(host.Host))
            text.Append(Stack(host, bridge, null)).Append(';');
        foreach (var link in host.Host.Links.Where(link => link.Kind != LinkKind.Vlan && link.Kind != LinkKind.Bridge))
            text.Append(Stack(host, link.Name.Value, null)).Append(';');
        foreach (var route in host.Host.Routes)
            text.Append(CultureInfo.InvariantCulture, $"{route.To.Value} {route.Table} {route.Metric} {string.Join(',', route.Ways.Select(way => $"{way.Via?.Value} {way.Link?.Value}"))};");
        foreach (var rule in host.Host.Rules)
            text.Append(CultureInfo.InvariantCulture, $"{rule.From} {rule.To} {rule.Iif} {rule.Oif} {rule.Table.Value} {rule.Priority};");
        foreach (var (line, value) in host.Host.Sysctls)
            text.Append(line.Name).Append('=').Append(value.Value).Append(';');
        return hosts[host] = text.ToString();

        // Which cables are in one group, and whether another host's are in it too: by mistake both say the same name.
        string Shared(Cord cord, string group)
        {
            var place = groups.IndexOf((cord.Box, group));
            if (place < 0)
                groups.Add((cord.Box, group));
            return FormattableString.Invariant($"group {(place < 0 ? groups.Count - 1 : place)}{(layout.Cords.Exists(other => other.Host != host && other.Box == cord.Box && other.Group == group) ? $" of {host.Name} and others" : "")}");
        }
    }

    /// <summary>Bridges that join what leads to cables: frames may go round by them, and so they are part of every question.</summary>
    public static IEnumerable<string> Across(Host host) => host.Of(LinkKind.Bridge).Where(bridge => bridge.Ports.Count(port => Tags.Of(host, port.Name.Value) is not null) > 1).Select(bridge => bridge.Name.Value);

    /// <summary>Links that something of the file names beside what stands on them.</summary>
    public HashSet<string> NamesOf(NamedHost host)
    {
        if (named.TryGetValue(host, out var known))
            return known;
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var way in host.Host.Routes.SelectMany(route => route.Ways.Select(way => host.Host.WayOf(route, way)?.Name.Value)).OfType<string>())
            all.Add(way);
        foreach (var vrf in host.Host.Of(LinkKind.Vrf))
            all.UnionWith(vrf.Ports.Select(port => port.Name.Value));
        // A bond that asks by ARP asks from an address of its own in the target's network.
        foreach (var bond in host.Host.Of(LinkKind.Bond))
            foreach (var target in AssumedSwitch.Targets(bond))
                if (Tags.Near(host.Host, target) is var (link, _))
                    all.Add(link.Name.Value);
        // What stands on another stack than a VLAN on a bond and a bridge on that: bonds over VLANs, VLANs on bridges, MACVLANs.
        foreach (var link in host.Host.Links)
            foreach (var lower in link.Lowers.Select(lower => lower.Value))
                if (host.Host.Find(lower) is { } below && (below.Kind == LinkKind.Bridge || (below.Kind == LinkKind.Vlan && link.Kind != LinkKind.Bridge)))
                    all.UnionWith([lower, link.Name.Value]);
        foreach (var rule in host.Host.Rules)
            all.UnionWith(new[] { rule.Iif, rule.Oif }.OfType<string>());
        return named[host] = all;
    }
}
