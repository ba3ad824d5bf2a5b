// The ends of networks: where a host or a guest has an address, and whom it asks for the way out.

using System.Net;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Topology;

namespace Weft.Twin.Proving;

/// <summary>An address of a host or guest, and the link of the host that it is behind.</summary>
/// <param name="Machine">The host or guest.</param>
/// <param name="Host">The host that it is, or is on.</param>
/// <param name="Link">The host's link: its own, or the bridge that the guest is plugged into.</param>
/// <param name="Own">The address.</param>
internal sealed record End(string Machine, NamedHost Host, string Link, IpPrefix Own)
{
    /// <summary>The guest's NIC; null of a host's own end.</summary>
    public GuestCord? Guest { get; init; }

    /// <summary>The network of the file that it is in, by the name that people gave it.</summary>
    public string Network { get; init; } = "";

    /// <summary>The router of its network, where anybody says one.</summary>
    public IReadOnlyList<IPAddress> Gateways { get; init; } = [];

    /// <summary>The VLANs that its frames are in at the switch: that of their tag, or where they have none what the ports there take them for. Empty where no cable is behind it.</summary>
    public IReadOnlyList<long> Vlans { get; init; } = [];

    /// <summary>The tag that its frames have on the cable; null where they have none, or no cable is behind it.</summary>
    public long? Tag { get; init; }
}

internal static class Ends
{
    private const int Deepest = 16;

    public static List<End> Of(Layout layout)
    {
        var (all, answering) = (new List<End>(), new Answering(layout));
        var cords = layout.Cords.ToLookup(cord => (cord.Host, cord.Label));
        foreach (var host in layout.Hosts)
        {
            var names = new Scenes.NetworkNames(host.Host);
            foreach (var link in host.Host.Links.Where(link => link.Addresses.Length > 0))
                foreach (var own in link.Addresses.Select(address => address.Value))
                    all.Add(new(host.Name, host, link.Name.Value, own)
                    {
                        Network = names.Of(link.Name.Value),
                        Gateways = [.. Routers(answering, own, link.Gateways.Select(gateway => gateway.Value))],
                        Vlans = VlansOf(cords, host, link.Name.Value, null),
                        Tag = TagOf(host.Host, link.Name.Value, null),
                    });
        }
        foreach (var guests in layout.Guests.GroupBy(cord => cord.Host))
        {
            var names = new Scenes.NetworkNames(guests.Key.Host);
            foreach (var cord in guests)
                foreach (var own in cord.Addresses)
                    all.Add(new(cord.Guest, cord.Host, cord.Bridge ?? cord.Nic, own)
                    {
                        Guest = cord,
                        Network = names.Of(cord.Bridge ?? cord.Nic, cord.Vlan),
                        Gateways = [.. Routers(answering, own, cord.Gateways)],
                        Vlans = VlansOf(cords, cord.Host, cord.Bridge ?? cord.Nic, Inside(cord)),
                        Tag = TagOf(cord.Host.Host, cord.Bridge ?? cord.Nic, Inside(cord)),
                    });
        }
        return all;
    }

    /// <summary>The VLANs that a link's frames are in at the switch.</summary>
    /// <param name="cords">The cables by host and NIC.</param>
    /// <param name="host">The host.</param>
    /// <param name="link">Its link.</param>
    /// <param name="tag">The VLAN of a guest's NIC in a bridge that knows VLANs.</param>
    public static IReadOnlyList<long> VlansOf(ILookup<(NamedHost, string), Cord> cords, NamedHost host, string link, long? tag) =>
        Leaving(host.Host, link, tag).ToList() is { Count: > 0 } ways ? [.. ways.SelectMany(way => cords[(host, way.Nic)], (way, cord) => way.Tag ?? cord.Native).OfType<long>().Distinct()]
        // No port lets them out: they are meant for that VLAN all the same.
        : TagOf(host.Host, link, tag) is { } meant ? [meant] : [];

    /// <summary>The tag that frames have on the cable, or would have if a port let them out.</summary>
    private static long? TagOf(Host host, string link, long? tag) =>
        Leaving(host, link, tag).Take(1).ToList() is [var way] ? way.Tag : tag ?? (Tags.Of(host, link) is [var outer, ..] ? outer : null);

    /// <summary>The VLAN that a guest's frames are in within its bridge: that of its port, else that of every port; null where the bridge knows none.</summary>
    private static long? Inside(GuestCord cord) =>
        cord.Vlan ?? (cord.Bridge is { } bridge && cord.Host.Host.Find(bridge) is { } link && link.Settings.Flag(BridgeLines.VlanFiltering) == true && BridgeLines.DefaultPvidOf(link.Settings) is > 0 and var pvid ? pvid : null);

    /// <summary>The NICs that frames leave by, each with the tag that they have there: a VLAN puts its own outside, and a bridge that tells VLANs lets out what its port is a member of.</summary>
    private static IEnumerable<(string Nic, long? Tag)> Leaving(Host host, string name, long? tag, int depth = 0)
    {
        if (depth > Deepest || host.Find(name) is not { } link)
            return [];
        if (link.Kind == LinkKind.Nic)
            return [(name, tag)];
        if (link.Kind == LinkKind.Bridge)
            return from port in link.Ports
                   let left = VlanPort.Out(link, VlanPort.Of(link, port), tag)
                   where left is not null
                   from way in Leaving(host, port.Name.Value, left.Vlan, depth + 1)
                   select way;
        // What a VXLAN wraps up has the tags of the wrapping.
        var below = link.Kind == LinkKind.Vxlan ? null : link.Settings.Number(VlanLines.Id) ?? tag;
        return link.Lowers.SelectMany(lower => Leaving(host, lower.Value, below, depth + 1));
    }

    /// <summary>Whether a link stands on another, as its port or otherwise, or is it.</summary>
    public static bool IsOver(Host host, string name, string lower, int depth = 0) =>
        name == lower || (depth < Deepest && host.Find(name) is { } link && link.Lowers.Any(below => IsOver(host, below.Value, lower, depth + 1)));

    /// <summary>The routers of a network that somebody answers for: those that are named, else a switch's address in it.</summary>
    private static IEnumerable<IPAddress> Routers(Answering answering, IpPrefix own, IEnumerable<IPAddress> named)
    {
        var near = named.Where(gateway => own.Contains(gateway) && !own.Address.Equals(gateway)).ToList();
        return near.Count > 0 ? near : answering.In(own).Take(1);
    }

    /// <summary>Whether a switch is an end of this question, and its death takes that end with it: of a pair, the other half lives on.</summary>
    public static bool Has(Layout layout, Question question, string member) =>
        layout.Boxes.Find(box => box.Members.Contains(member, StringComparer.Ordinal)) is { Others.Count: 0 } box && (box.Name == question.From || box.Name == question.To);
}

/// <summary>Who has which address.</summary>
internal sealed class Owners
{
    private readonly Dictionary<IPAddress, string> boxes = [];
    private readonly ILookup<IPAddress, End> ends;

    public Owners(Layout layout, IEnumerable<End> ends)
    {
        foreach (var box in layout.Boxes)
            foreach (var own in box.Addresses.Values.SelectMany(list => list))
                boxes.TryAdd(own.Address, box.Name);
        this.ends = ends.ToLookup(end => end.Own.Address);
    }

    /// <summary>The machine that has an address: a switch, a host or a guest; null where nobody has it.</summary>
    public string? Of(IPAddress address) => boxes.GetValueOrDefault(address) ?? ends[address].FirstOrDefault()?.Machine;

    /// <summary>A machine's end with that address; null of a switch.</summary>
    public End? At(string? machine, IPAddress address) => ends[address].FirstOrDefault(end => end.Machine == machine);
}
