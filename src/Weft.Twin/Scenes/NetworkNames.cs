// What people call the networks of a host's links. Looked up by the link, which a thousand guests do.

using Weft.Model;

namespace Weft.Twin.Scenes;

internal sealed class NetworkNames
{
    /// <param name="Order">Which came first in the file counts.</param>
    private sealed record Entry(int Order, string Name, int? Id, bool IsBridge);

    private readonly Dictionary<string, List<Entry>> byLink = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Link, long Vlan), Entry> byTag = [];

    public NetworkNames(Host host)
    {
        var order = 0;
        foreach (var network in host.Networks)
            foreach (var id in network.Ids)
            {
                var name = network.IsRange ? $"{network.Name}.{id}" : network.Name.Value;
                Add(network.BridgeOf(id), new(order, name, id, true));
                if (id is { } tag)
                {
                    Add(network.VlanOf(tag), new(order, name, id, false));
                    if (network.Link is { } link)
                        byTag.TryAdd((link.Value, tag), new(order, name, id, false));
                }
                order++;
            }
    }

    /// <summary>The network of the file that a bridge or link belongs to, by the name that people gave it.</summary>
    /// <param name="link">The bridge or link.</param>
    /// <param name="vlan">The VLAN of a guest's NIC in a bridge that knows VLANs.</param>
    public string Of(string link, long? vlan = null)
    {
        var found = byLink.TryGetValue(link, out var all) ? all.Find(entry => vlan is null || entry.IsBridge || entry.Id == vlan) : null;
        if (vlan is { } own && byTag.TryGetValue((link, own), out var tagged) && (found is null || tagged.Order < found.Order))
            found = tagged;
        return found?.Name ?? (vlan is null ? link : $"{link}.{vlan}");
    }

    private void Add(string link, Entry entry)
    {
        if (!byLink.TryGetValue(link, out var all))
            byLink[link] = all = [];
        all.Add(entry);
    }
}
