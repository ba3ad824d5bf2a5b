// From host files to the layout of their network, for the lab and for the twin. Pure. Every NIC gets a cable; where `cabling` is silent about all of them there is the
// assumed switch, and where it is silent about some, those have no carrier, as an empty socket has none.
using Weft.Model;

namespace Weft.Topology;

public static class Layouts
{
    public static Layout Of(IReadOnlyList<NamedHost> hosts)
    {
        var layout = new Layout();
        layout.Hosts.AddRange(hosts);
        var boxes = Boxes(layout);
        var ports = new HashSet<string>(StringComparer.Ordinal);
        foreach (var host in hosts) Cables(layout, host, boxes, ports);
        Trunks(layout, boxes, ports);
        foreach (var group in layout.Cords.Where(cord => cord.Group is not null).GroupBy(cord => (cord.Box, cord.Group)).Where(group => group.Select(cord => cord.Native).Distinct().Count() > 1))
            layout.Notes.Add($"the ports of group {group.Key.Group} of {group.Key.Box?.Name} take frames without a tag for different VLANs; assumed is what {group.First().Host.Name}'s {group.First().Label} says");
        var answering = new Answering(layout);
        foreach (var host in hosts) GuestCords.Add(layout, host, answering);
        Judge(layout);
        return layout;
    }

    // The switches of all files by name; those of one name are one switch, and the members of a pair are one box.
    private static Dictionary<string, Box> Boxes(Layout layout)
    {
        var boxes = new Dictionary<string, Box>(StringComparer.Ordinal);
        var pairs = new Dictionary<string, Box>(StringComparer.Ordinal);
        var mtus = new Dictionary<Box, long>();
        var pairOf = layout.Hosts.SelectMany(host => host.Host.Switches).Where(member => member.Mlag is not null).ToLookup(member => member.Name.Value, member => member.Mlag!.Value, StringComparer.Ordinal);
        Box Make(string name) { var box = new Box(name); layout.Boxes.Add(box); return box; }
        foreach (var member in layout.Hosts.SelectMany(host => host.Host.Switches))
        {
            var name = member.Name.Value;
            if (!boxes.TryGetValue(name, out var box))
            {
                // Whichever file comes first: what any of them says of the pair counts.
                var pair = pairOf[name].FirstOrDefault();
                if (pair is not null && pairs.TryGetValue(pair, out box)) box.Others.Add(name);
                else box = Make(name);
                boxes[name] = box;
                if (pair is not null) pairs[pair] = box;
            }
            if (member.Mtu?.Value is { } mtu)
            {
                if (mtus.TryGetValue(box, out var told) && told != mtu)
                    layout.Notes.Add(FormattableString.Invariant($"{string.Join(" and ", box.Members)}: an MTU of {told} is said, and one of {mtu}; the smaller counts"));
                box.Mtu = mtus[box] = Math.Min(mtu, mtus.GetValueOrDefault(box, mtu));
            }
            foreach (var (vlan, addresses) in member.Addresses)
                foreach (var address in addresses) box.Answer(vlan.Value, address.Value);
        }
        foreach (var name in layout.Hosts.SelectMany(host => host.Host.Cables).Select(cable => cable.Switch?.Value).OfType<string>())
            if (!boxes.ContainsKey(name)) boxes[name] = Make(name);
        return boxes;
    }

    private static void Cables(Layout layout, NamedHost lab, Dictionary<string, Box> boxes, HashSet<string> ports)
    {
        var cables = lab.Host.Cables.ToDictionary(cable => cable.Nic.Value, StringComparer.Ordinal);
        var labels = lab.Host.Of(LinkKind.Nic).Select(nic => nic.Name.Value).Concat(cables.Keys).Distinct(StringComparer.Ordinal).ToList();
        var assumed = cables.Count == 0 && labels.Count > 0 ? Assume(layout, lab, boxes) : null;
        foreach (var label in labels)
        {
            var match = lab.Host.Find(label)?.Rest.Map("match");
            if (match?.Get("pci") is not null || match?.Word("driver") is { } and not "veth")
                layout.Notes.Add($"{lab.Name}: {label} is known by its PCI address or driver, which only the host itself has");
            var cord = new Cord(lab, label, match?.Word("name") ?? label, match?.Word("mac") ?? Names.Mac("02", $"{lab.Name} {label}"), null,
                Names.Port(lab.Name, label, ports));
            layout.Cords.Add(
                assumed is not null ? AssumedSwitch.Fit(cord with { Box = assumed, Member = assumed.Name }, [.. layout.Hosts.SelectMany(host => Tags.All(host.Host)).Distinct(StringComparer.Ordinal)])
                : cables.GetValueOrDefault(label) is { Switch: { } to } cable ? Told(cord with { Box = boxes[to.Value] }, cable)
                : cord);
        }
    }

    // An entry that says neither `vlans` nor `native` is a plain access port of the switch's own VLAN.
    private static Cord Told(Cord cord, Cable cable) => cord with
    {
        Member = cable.Switch?.Value,
        Speed = cable.Speed?.Value,
        Tagged = [.. cable.Vlans.Select(vlan => $"{vlan.Value}")],
        Native = cable.Native?.Value ?? (cable.Vlans.Length == 0 ? 1 : null),
        Group = cable.Group?.Value,
        Lacp = cable.Lacp?.Value ?? "active",
    };

    private static Box Assume(Layout layout, NamedHost lab, Dictionary<string, Box> boxes)
    {
        if (layout.Assumed is not { } box)
            layout.Boxes.Add(box = layout.Assumed = new Box(AssumedSwitch.Name([.. layout.Hosts.Select(host => host.Name), .. layout.Hosts.SelectMany(host => host.Host.Guests).Select(guest => guest.Name.Value), .. boxes.Keys])));
        layout.Notes.Add($"{lab.Name}: the file has no cabling; assumed is one switch for all NICs, which does what each bond's mode needs and carries every VLAN of the file");
        AssumedSwitch.Answer(box, lab, layout);
        return box;
    }

    // The switches speak no spanning tree, so a link that closes a loop is made and left down.
    private static void Trunks(Layout layout, Dictionary<string, Box> boxes, HashSet<string> ports)
    {
        var island = layout.Boxes.ToDictionary(box => box, box => box);
        Box Root(Box box) => island[box] == box ? box : Root(island[box]);
        foreach (var ends in layout.Hosts.SelectMany(host => host.Host.Rest.List("links")).Select(item => item.Value).OfType<Value.List>())
        {
            if (ends.Items.Length != 2 || !boxes.TryGetValue($"{ends.Items[0].Value}", out var one) || !boxes.TryGetValue($"{ends.Items[1].Value}", out var other))
            {
                layout.Troubles.Add($"links: {ends} does not name two switches of these files");
                continue;
            }
            if (one == other) continue;
            var loop = Root(one) == Root(other);
            if (loop) layout.Notes.Add($"the link {ends} would close a loop, and is down: the switches speak no spanning tree");
            else island[Root(one)] = Root(other);
            layout.Trunks.Add(new Trunk(one, Names.Device($"to-{other.Name}", ports), other, Names.Device($"to-{one.Name}", ports), !loop) { Members = ($"{ends.Items[0].Value}", $"{ends.Items[1].Value}") });
        }
    }

    private static void Judge(Layout layout)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in layout.Hosts.Select(host => host.Name).Concat(layout.Boxes.SelectMany(box => box.Members)).Concat(layout.GuestNames))
        {
            if (!Names.IsPlain(name)) layout.Troubles.Add($"'{Text.Quote.Clean(name)}' cannot be the name of a network namespace");
            if (!taken.Add(name)) layout.Troubles.Add($"{Text.Quote.Clean(name)} is the name of two hosts, switches or guests, and each needs one of its own");
        }
        var macs = layout.Cords.Select(cord => (cord.Mac, Whose: $"{cord.Nic} of {cord.Host.Name}")).Concat(layout.Guests.Select(cord => (cord.Mac, Whose: $"{cord.Nic} of {cord.Guest}")));
        foreach (var twins in macs.GroupBy(nic => nic.Mac, nic => nic.Whose).Select(same => (Mac: same.Key, Whose: same.Distinct(StringComparer.Ordinal).Take(3).ToList())).Where(same => same.Whose.Count > 1))
            layout.Troubles.Add(Text.Quote.Clean($"{twins.Mac} is the MAC of {string.Join(" and of ", twins.Whose)}, and frames for one would reach the other"));
        foreach (var nic in layout.Cords.Select(cord => cord.Nic).Concat(layout.Guests.Select(cord => cord.Bridge).OfType<string>()).Where(nic => !Names.IsPlain(nic)).Distinct(StringComparer.Ordinal))
            layout.Troubles.Add($"'{Text.Quote.Clean(nic)}' is a name that cannot be given to a link here");
    }
}
