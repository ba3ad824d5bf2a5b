// Whose MAC nobody set by hand, as far as the link messages tell: it is the one that the kernel would have given. Only for the
// others is /sys asked, for a file a link is most of what observing a host of thousands of links costs.
// Surprise: a MAC set by hand to the very one that would be inherited counts as inherited; nothing tells the two apart until
// the link below changes its own. Where a file said such a MAC, the plan takes it for a guess (Plan/World).

namespace Weft.Linux;

internal sealed class Inheritance
{
    private readonly Dictionary<int, Seen> byIndex = [];

    /// <summary>Of each master's ports, the one with the lowest MAC.</summary>
    private readonly Dictionary<int, Seen> lowest = [];

    public Inheritance(IEnumerable<Seen> links)
    {
        foreach (var link in links)
        {
            byIndex[link.Index] = link;
            if (link is { Master: { } master, Address: { } mac } && (!lowest.TryGetValue(master, out var least) || mac.Span.SequenceCompareTo(least.Address!.Value.Span) < 0))
                lowest[master] = link;
        }
    }

    /// <summary>Whether the MAC was set by hand (NET_ADDR_SET).</summary>
    public bool IsSetByHand(Seen link) => !IsNatural(link) && Sysfs.MacIsSet(link.Name ?? "");

    /// <summary>A VLAN has its lower link's (vlan_dev_init), a bridge the lowest of its ports' (br_stp_recalculate_bridge_id), hardware the one burnt in.</summary>
    private bool IsNatural(Seen link) => link.Address is { } mac && link.Kind switch
    {
        "vlan" => link.Lower is { } lower && byIndex.GetValueOrDefault(lower)?.Address == mac,
        "bridge" => lowest.GetValueOrDefault(link.Index)?.Address == mac,
        null => link.HasBurntIn,
        _ => false,
    };
}
