// What may fail, one at a time or two: every cable, NIC and switch, every link between switches, every LACP partner that goes silent, every VLAN that is missing on a
// switch's port.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Topology;

namespace Weft.Twin.Proving;

/// <summary>One thing that fails.</summary>
/// <param name="Words">What `weft simulate --fail` calls it, without the moment; several where several cables go at once.</param>
/// <param name="Said">For people: the cable of eth0.</param>
internal sealed record Fault(FaultKind Kind, IReadOnlyList<string> Words, string Said)
{
    /// <summary>The cables whose NIC, port or VLAN it is; none of a switch, and of a link between switches.</summary>
    internal IReadOnlyList<Cord> Cords { get; init; } = [];

    /// <summary>The switch that dies; null where none does.</summary>
    internal string? Member { get; init; }

    /// <summary>The VLAN that is missing.</summary>
    internal long? Vlan { get; init; }

    /// <summary>What happens is the same for two faults of one deed: a pulled cable and a dead NIC.</summary>
    internal string Deed { get; } = string.Join(' ', Words);

    /// <summary>Whether a part of the one is a part of the other too: the second would break what is broken, and what is left of it is a fault of its own.</summary>
    internal bool Overlaps(Fault other) => Words.Intersect(other.Words, StringComparer.Ordinal).Any() || (Vlan is not null && Vlan == other.Vlan && Cords[0].SharesVlansWith(other.Cords[0]));

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
        faults.AddRange(Links(layout).Where(link => !link.HasOther).Select(link => new Fault(FaultKind.Link, [$"{link.One}/{link.Other}"], $"the {(link.IsPeer ? "peer link of" : "link between")} {link.One} and {link.Other}")));
        var cabled = cords.Select(cord => cord.Member).Concat(layout.Trunks.Where(trunk => trunk.Up).SelectMany(trunk => new[] { trunk.Members.One, trunk.Members.Other })).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(layout.Boxes.SelectMany(box => box.Members).Where(cabled.Contains).Select(member => new Fault(FaultKind.Switch, [member], $"the switch {member}") { Member = member }));
        faults.AddRange(cords.Where(SpeaksLacp).Select(cord => Make(layout, FaultKind.Lacp, [cord])));
        faults.AddRange(from cord in cords
                        from vlan in vlans
                        where cord.Carries(vlan)
                        select Make(layout, FaultKind.Vlan, [cord], vlan));
        return faults;
    }

    /// <summary>Links between switches that are not let fail, for another way between their ends is down here, and would be none in a network that speaks a spanning tree.</summary>
    public static IEnumerable<string> Unbroken(Layout layout) => Links(layout).Where(link => link.HasOther).Select(link => $"{link.One}/{link.Other}");

    /// <summary>Every link between two switches that carries something, and the peer link of each pair.</summary>
    private static IEnumerable<(string One, string Other, bool IsPeer, bool HasOther)> Links(Layout layout) =>
        layout.Trunks.Where(trunk => trunk.Up).Select(trunk => (trunk.Members.One, trunk.Members.Other, false, AreJoined(layout, trunk)))
            .Concat(layout.Boxes.SelectMany(box => box.Others, (box, other) => (box.Name, other, true, false)));

    /// <summary>Whether a link's ends are joined by others, those that are down counted.</summary>
    private static bool AreJoined(Layout layout, Trunk without)
    {
        var near = new HashSet<Box> { without.One };
        for (var count = 0; count < near.Count;)
        {
            count = near.Count;
            foreach (var trunk in layout.Trunks.Where(trunk => trunk != without && (near.Contains(trunk.One) || near.Contains(trunk.Other))))
                near.UnionWith([trunk.One, trunk.Other]);
        }
        return near.Contains(without.Other);
    }

    /// <summary>The same fault where somebody else has it: another host's cable, another network's VLAN.</summary>
    /// <param name="fault">A fault, perhaps of a smaller layout.</param>
    /// <param name="layout">The layout whose fault it is to be.</param>
    /// <param name="hosts">From a host's name to the other's; who is not there stays.</param>
    /// <param name="vlans">From a VLAN to the other.</param>
    public static Fault Of(Fault fault, Layout layout, IReadOnlyDictionary<string, string> hosts, IReadOnlyDictionary<long, long> vlans)
    {
        if (fault.Cords.Count == 0)
            return fault;
        var cords = fault.Cords.Select(cord => layout.Cords.Find(own => own.Label == cord.Label && own.Host.Name == hosts.GetValueOrDefault(cord.Host.Name, cord.Host.Name))).OfType<Cord>().ToList();
        return cords.Count < fault.Cords.Count ? fault : Make(layout, fault.Kind, cords, fault.Vlan is { } vlan ? vlans.GetValueOrDefault(vlan, vlan) : null);
    }

    private static Fault Make(Layout layout, FaultKind kind, List<Cord> cords, long? vlan = null)
    {
        var words = cords.Select(cord => Word(layout, cord)).ToList();
        var (part, said) =
            kind == FaultKind.Lacp ? (":lacp", $"the LACP partner of {words[0]}, gone silent")
            : kind == FaultKind.Vlan ? (FormattableString.Invariant($":vlan={vlan}"), FormattableString.Invariant($"VLAN {vlan} missing on the switch's port of {words[0]}"))
            : kind == FaultKind.Cable ? ("", $"the cable of {words[0]}")
            : ("", words.Count == 1 ? $"the NIC {words[0]}" : $"the card in slot {Slot(cords[0])} with {string.Join(" and ", words)}");
        return new(kind, words.ConvertAll(word => word + part), said)
        {
            Cords = cords,
            Vlan = vlan,
        };
    }

    /// <summary>With its host where there are several, and where a switch has the name too.</summary>
    private static string Word(Layout layout, Cord cord) => layout.Hosts.Count > 1 || layout.Boxes.Exists(box => box.Members.Contains(cord.Label, StringComparer.Ordinal)) ? $"{cord.Host.Name}/{cord.Label}" : cord.Label;

    /// <summary>The slot that the file says a NIC is in: all ports of it are one card.</summary>
    private static string? Slot(Cord cord) => cord.Host.Host.Find(cord.Label)?.Rest.Map("pcie")?.Word("slot");

    private static bool SpeaksLacp(Cord cord) => cord is { Group: not null, Lacp: not "static" }
        && cord.Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Lacp && bond.Ports.Any(port => port.Name.Value == cord.Label));
}
