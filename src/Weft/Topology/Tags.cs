// Which VLAN a link's frames have on the cable: down through bridges, bonds and VLANs to a NIC.
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Topology;

public static class Tags
{
    private const int Deepest = 16;

    /// <summary>The tags on the cable, outermost first; empty: untagged; null where the link reaches no NIC.</summary>
    public static IReadOnlyList<long>? Of(Host host, string name, int depth = 0)
    {
        if (depth > Deepest || host.Find(name) is not { } link) return null;
        if (link.Kind == LinkKind.Nic) return [];
        var below = link.Lowers.Select(lower => Of(host, lower.Value, depth + 1)).FirstOrDefault(tags => tags is not null);
        return below is not null && link.Settings.Number(VlanLines.Id) is { } id ? [.. below, id] : below;
    }

    /// <summary>The link and address of this host in whose network an address is.</summary>
    public static (Link Link, IpPrefix Own)? Near(Host host, IPAddress address)
    {
        foreach (var link in host.Links)
            foreach (var own in link.Addresses)
                if (own.Value.Contains(address)) return (link, own.Value);
        return null;
    }

    /// <summary>Every VLAN that the file speaks of, as `bridge vlan` takes them.</summary>
    public static IEnumerable<string> All(Host host) =>
        host.Links.Select(link => link.Settings.Number(VlanLines.Id)).OfType<long>().Select(id => $"{id}")
            .Concat(host.Of(LinkKind.Bridge).SelectMany(bridge => bridge.Ports)
                .SelectMany(port => port.Rest.List("vlans").Concat(port.Rest.List("pvid"))).Select(value => $"{value.Value}"))
            .Concat(host.Guests.SelectMany(guest => guest.Nics).Select(nic => nic.Vlan?.Value).OfType<long>().Select(id => $"{id}"))
            .Where(vlan => vlan is not ("0" or "1")).Distinct(StringComparer.Ordinal);
}
