// What may fail, one at a time or two: every cable, NIC and switch, every LACP partner that goes silent, every VLAN that is missing on a switch's port.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Topology;

namespace Weft.Twin.Proving;

/// <summary>What kind of thing fails. In the order in which a counter-example is preferred: the plainest first.</summary>
public enum FaultKind
{
    Cable,
    Nic,
    Switch,

    /// <summary>The partner of a port sends no LACPDU any more and hears none, while all else passes: a dead control plane.</summary>
    Lacp,

    /// <summary>The switch's port does not carry a VLAN, and its link stays up: a mistake in its configuration.</summary>
    Vlan,
}

/// <summary>One thing that fails.</summary>
/// <param name="Words">What `weft simulate --fail` calls it, without the moment; several where several cables go at once.</param>
/// <param name="Said">For people: the cable of eth0.</param>
public sealed record Fault(FaultKind Kind, IReadOnlyList<string> Words, string Said)
{
    /// <summary>The switch that dies; null where none does.</summary>
    internal string? Member { get; init; }

    /// <summary>The VLAN that is missing.</summary>
    internal long? Vlan { get; init; }

    /// <summary>What happens is the same for two faults of one deed: a pulled cable and a dead NIC.</summary>
    internal string Deed { get; } = string.Join(' ', Words);

    /// <summary>Whether `survives` counts it: cables, NICs and switches.</summary>
    public bool IsCounted => Kind is FaultKind.Cable or FaultKind.Nic or FaultKind.Switch;

    public override string ToString() => Said;
}

internal static class Faults
{
    /// <summary>Everything that may fail in a layout.</summary>
    /// <param name="layout">What is there.</param>
    /// <param name="vlans">The VLANs that somebody's question takes; others carry nothing that could be missed.</param>
    public static List<Fault> Of(Layout layout, IReadOnlyCollection<long> vlans)
    {
        var cords = layout.Cords.Where(cord => cord.Box is not null).ToList();
        var faults = cords.ConvertAll(cord => new Fault(FaultKind.Cable, [Word(layout, cord)], $"the cable of {Word(layout, cord)}"));
        faults.AddRange(cords.GroupBy(cord => (cord.Host, Slot(cord) ?? cord.Label)).Select(card => card.ToList()).Select(card => new Fault(FaultKind.Nic, [.. card.Select(cord => Word(layout, cord))],
            card.Count == 1 ? $"the NIC {Word(layout, card[0])}" : $"the card in slot {Slot(card[0])} with {string.Join(" and ", card.Select(cord => Word(layout, cord)))}")));
        var cabled = cords.Select(cord => cord.Member).Concat(layout.Trunks.Where(trunk => trunk.Up).SelectMany(trunk => new[] { trunk.Members.One, trunk.Members.Other })).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(layout.Boxes.SelectMany(box => box.Members).Where(cabled.Contains).Select(member => new Fault(FaultKind.Switch, [member], $"the switch {member}") { Member = member }));
        faults.AddRange(cords.Where(SpeaksLacp).Select(cord => new Fault(FaultKind.Lacp, [$"{Word(layout, cord)}:lacp"], $"the LACP partner of {Word(layout, cord)}, gone silent")));
        faults.AddRange(from cord in cords
                        from vlan in vlans
                        where cord.Carries(vlan)
                        select new Fault(FaultKind.Vlan, [FormattableString.Invariant($"{Word(layout, cord)}:vlan={vlan}")], $"VLAN {vlan} missing on the switch's port of {Word(layout, cord)}") { Vlan = vlan });
        return faults;
    }

    private static string Word(Layout layout, Cord cord) => layout.Hosts.Count > 1 ? $"{cord.Host.Name}/{cord.Label}" : cord.Label;

    /// <summary>The slot that the file says a NIC is in: all ports of it are one card.</summary>
    private static string? Slot(Cord cord) => cord.Host.Host.Find(cord.Label)?.Rest.Map("pcie")?.Word("slot");

    private static bool SpeaksLacp(Cord cord) => cord is { Group: not null, Lacp: not "static" }
        && cord.Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Lacp && bond.Ports.Any(port => port.Name.Value == cord.Label));
}
