// Which ports of an 802.3ad bond carry. The kernel puts ports of one key (speed) with one partner into an aggregator, and one aggregator
// is active: the one with the most bandwidth, or with ad_select count the one with the most ports; stable keeps it while it has any port left
// (ad_port_selection_logic and ad_agg_selection_logic in drivers/net/bonding/bond_3ad.c).

using System.Globalization;
using Weft.Check;
using Weft.Model;

namespace Weft.Capacity;

internal sealed class Aggregators(Wiring wiring, IReadOnlyList<UplinkPort> all, string select, long minLinks)
{
    private HashSet<UplinkPort>? first;

    /// <summary>Of the ports that are up, those that carry; none where they are fewer than min_links.</summary>
    public IReadOnlyList<UplinkPort> Active(IReadOnlyList<UplinkPort> up)
    {
        var active = Chosen(up);
        return active.Count < minLinks ? [] : active;
    }

    /// <summary>The same before min_links is looked at.</summary>
    public IReadOnlyList<UplinkPort> Chosen(IReadOnlyList<UplinkPort> up)
    {
        first ??= [.. Best([.. all.Where(port => port.IsUp)])];
        List<UplinkPort> kept = [.. up.Where(first.Contains)];
        return select is "stable" or "default" && kept.Count > 0 ? kept : Best(up);
    }

    private List<UplinkPort> Best(IReadOnlyList<UplinkPort> up)
    {
        // A speed that nobody knows may be that of the others, and so may a partner.
        var (bySpeed, byCable) = (up.All(port => port.Speed is not null), up.All(port => port.Cable?.Switch is not null));
        var best = up.GroupBy(port => Key(port, bySpeed, byCable), StringComparer.Ordinal).Select(group => group.ToList());
        return (select == "count" ? best.OrderByDescending(group => group.Count).ThenByDescending(Bandwidth) : best.OrderByDescending(Bandwidth)).FirstOrDefault() ?? [];
    }

    private static long Bandwidth(List<UplinkPort> group) => group.Sum(port => port.Speed ?? 1);

    /// <summary>What a running bond says, or else what the cables let it be: a switch without LACP is nobody's partner.</summary>
    private string Key(UplinkPort port, bool bySpeed, bool byCable) =>
        port.Aggregator is { } aggregator ? aggregator.ToString(CultureInfo.InvariantCulture)
        : (bySpeed ? $"{port.Speed} " : "") + (port.Cable is not { } cable ? "" : cable.Lacp?.Value == "static" ? $"alone {port.Port}" : byCable ? Partner(cable) : "");

    private string Partner(Cable cable) => wiring.SwitchOf(cable)?.Mlag is { } pair ? $"mlag {pair} {cable.Group}" : $"switch {cable.Switch} {cable.Group}";
}
