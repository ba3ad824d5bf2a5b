// What is left after one failure, for all flows together: the worst of all cables, of all cards, of all switches. A failure takes the ports
// that hang on what failed, and the mode makes of the rest what it can. Whose card or switch nobody knows could be anybody's: then nothing is claimed.

using System.Collections.Immutable;
using Weft.Check;

namespace Weft.Capacity;

internal sealed class Failing(Spreading spreading, IReadOnlyList<UplinkPort> up, Crowd crowd)
{
    public Figure AfterCable => Worst(up.Select(port => new[] { port }));

    /// <summary>A card, with all its ports.</summary>
    public Figure AfterNic => spreading.IsWatched && up.Count > 1 && up.Any(port => port.Card is null) ? Figure.Unknown : Worst(up.GroupBy(port => port.Card ?? port.Port, StringComparer.Ordinal));

    public Figure AfterSwitch => spreading.IsWatched && up.Count > 1 && up.Any(port => port.Cable?.Switch is null) ? Figure.Unknown : Worst(up.GroupBy(port => port.Cable?.Switch?.Value ?? port.Port, StringComparer.Ordinal));

    public ImmutableArray<Limit> Limits()
    {
        if (up.Count < 2)
            return [];
        var limits = ImmutableArray.CreateBuilder<Limit>();
        if (!spreading.IsWatched)
            return [new(Whose.Cable, "no-monitor", "the bond has neither miimon nor arp_interval: it goes on sending to a port that failed; miimon: 100 would tell it")];
        if (up.FirstOrDefault(port => port.Card is null) is { } stray)
            limits.Add(new(Whose.Nic, "card-unknown", $"nobody says which card {stray.Nic ?? stray.Port} is a port of; pcie.slot or match.pci of the NIC would"));
        else if (up.Select(port => port.Card).Distinct().Count() == 1)
            limits.Add(new(Whose.Nic, "one-card", $"all ports are of one card, {up[0].Card}"));
        if (up.FirstOrDefault(port => port.Cable?.Switch is null) is { } loose)
            limits.Add(new(Whose.Switch, "switch-unknown", $"nobody says which switch {loose.Nic ?? loose.Port} leads to; switch in cabling.{loose.Nic ?? loose.Port} would"));
        else if (up.Select(port => port.Cable!.Switch!.Value).Distinct(StringComparer.Ordinal).Count() == 1)
            limits.Add(new(Whose.Switch, "one-switch", $"all cables lead to one switch, {up[0].Cable!.Switch}"));
        return limits.ToImmutable();
    }

    /// <summary>What nobody notices takes along what goes to the port that failed: of one active port everything, of several whole flows.</summary>
    private Figure Worst(IEnumerable<IEnumerable<UplinkPort>> failures) =>
        !spreading.IsWatched ? Figure.Nothing : failures.Select(gone => new HashSet<UplinkPort>(gone, ReferenceEqualityComparer.Instance)).Select(gone => spreading.Of([.. up.Where(port => !gone.Contains(port))], crowd).All).Aggregate((Figure?)null, (worst, left) => worst?.Worse(left) ?? left) ?? Figure.Nothing;
}
