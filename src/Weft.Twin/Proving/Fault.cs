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
    /// <summary>The cables whose NIC, port or VLAN it is; none of a switch.</summary>
    internal IReadOnlyList<Cord> Cords { get; init; } = [];

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
        var faults = cords.ConvertAll(cord => Make(layout, FaultKind.Cable, [cord]));
        faults.AddRange(cords.GroupBy(cord => (cord.Host, Slot(cord) ?? cord.Label)).Select(card => Make(layout, FaultKind.Nic, [.. card])));
        var cabled = cords.Select(cord => cord.Member).Concat(layout.Trunks.Where(trunk => trunk.Up).SelectMany(trunk => new[] { trunk.Members.One, trunk.Members.Other })).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(layout.Boxes.SelectMany(box => box.Members).Where(cabled.Contains).Select(member => new Fault(FaultKind.Switch, [member], $"the switch {member}") { Member = member }));
        faults.AddRange(cords.Where(SpeaksLacp).Select(cord => Make(layout, FaultKind.Lacp, [cord])));
        faults.AddRange(from cord in cords
                        from vlan in vlans
                        where cord.Carries(vlan)
                        select Make(layout, FaultKind.Vlan, [cord], vlan));
        return faults;
    }

    /// <summary>The same fault where somebody else has it: another host's cable, another network's VLAN.</summary>
    /// <param name="fault">A fault, perhaps of a smaller layout.</param>
    /// <param name="layout">The layout whose fault it is to be.</param>
    /// <param name="hosts">From a host's name to the other's; who is not there stays.</param>
    /// <param name="vlans">From a VLAN to the other.</param>
    public static Fault Of(Fault fault, Layout layout, IReadOnlyDictionary<string, string> hosts, IReadOnlyDictionary<long, long> vlans)
    {
        if (fault.Kind == FaultKind.Switch)
            return fault;
        var cords = fault.Cords.Select(cord => layout.Cords.Find(own => own.Label == cord.Label && own.Host.Name == hosts.GetValueOrDefault(cord.Host.Name, cord.Host.Name))).OfType<Cord>().ToList();
        return cords.Count < fault.Cords.Count ? fault : Make(layout, fault.Kind, cords, fault.Vlan is { } vlan ? vlans.GetValueOrDefault(vlan, vlan) : null);
    }

    private static Fault Make(Layout layout, FaultKind kind, List<Cord> cords, long? vlan = null)
    {
        var words = cords.Select(cord => Word(layout, cord)).ToList();
        return new(kind, kind switch
        {
            FaultKind.Lacp => [$"{words[0]}:lacp"],
            FaultKind.Vlan => [FormattableString.Invariant($"{words[0]}:vlan={vlan}")],
            _ => words,
        }, kind switch
        {
            FaultKind.Cable => $"the cable of {words[0]}",
            FaultKind.Nic => words.Count == 1 ? $"the NIC {words[0]}" : $"the card in slot {Slot(cords[0])} with {string.Join(" and ", words)}",
            FaultKind.Lacp => $"the LACP partner of {words[0]}, gone silent",
            _ => FormattableString.Invariant($"VLAN {vlan} missing on the switch's port of {words[0]}"),
        })
        {
            Cords = cords,
            Vlan = vlan,
        };
    }

    private static string Word(Layout layout, Cord cord) => layout.Hosts.Count > 1 ? $"{cord.Host.Name}/{cord.Label}" : cord.Label;

    /// <summary>The slot that the file says a NIC is in: all ports of it are one card.</summary>
    private static string? Slot(Cord cord) => cord.Host.Host.Find(cord.Label)?.Rest.Map("pcie")?.Word("slot");

    private static bool SpeaksLacp(Cord cord) => cord is { Group: not null, Lacp: not "static" }
        && cord.Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Lacp && bond.Ports.Any(port => port.Name.Value == cord.Label));
}
