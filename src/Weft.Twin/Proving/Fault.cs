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
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The host whose cable or NIC it is; null of a switch, and where there is only one host.</summary>
    internal string? Host { get; init; }

    /// <summary>The NICs whose cables it takes; a card has several.</summary>
    internal IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The slot of a card.</summary>
    internal string? Slot { get; init; }

    /// <summary>The switch that dies; null where none does.</summary>
    internal string? Member { get; init; }

    /// <summary>The VLAN that is missing.</summary>
    internal long? Vlan { get; init; }

    /// <summary>What `weft simulate --fail` calls it, without the moment; several where several cables go at once.</summary>
    public IEnumerable<string> Words => Member is not null ? [Member] : Labels.Select(label => Named(label) + Kind switch
    {
        FaultKind.Lacp => ":lacp",
        FaultKind.Vlan => FormattableString.Invariant($":vlan={Vlan}"),
        _ => "",
    });

    /// <summary>For people: the cable of eth0.</summary>
    public string Said => Kind switch
    {
        FaultKind.Cable => $"the cable of {Nics}",
        FaultKind.Nic when Labels.Count > 1 => $"the card in slot {Slot} with {Nics}",
        FaultKind.Nic => $"the NIC {Nics}",
        FaultKind.Switch => $"the switch {Member}",
        FaultKind.Lacp => $"the LACP partner of {Nics}",
        _ => FormattableString.Invariant($"VLAN {Vlan} on the switch's port of {Nics}"),
    };

    private string Nics => string.Join(" and ", Labels.Select(Named));

    private string Named(string label) => Host is null ? label : $"{Host}/{label}";

    /// <summary>What happens is the same for two faults of one deed: a pulled cable and a dead NIC.</summary>
    internal string Deed => string.Join(' ', Words);

    /// <summary>Whether `survives` counts it: cables, NICs and switches.</summary>
    public bool IsCounted => Kind is FaultKind.Cable or FaultKind.Nic or FaultKind.Switch;

    /// <summary>The same fault for somebody who is alike, on his own host and in his own VLAN.</summary>
    internal Fault For(Question question, Question alike)
    {
        var own = this;
        foreach (var (end, other) in new[] { (question.Asker, alike.Asker), (question.Asked, alike.Asked) })
            if (end is not null && other is not null)
                own = own with
                {
                    Host = Host is not null && Host == other.Host.Name ? end.Host.Name : own.Host,
                    Vlan = Vlan is { } vlan && other.Vlans.ToList().IndexOf(vlan) is >= 0 and var at && at < end.Vlans.Count ? end.Vlans[at] : own.Vlan,
                };
        return own;
    }

    public override string ToString() => Said;
}

internal static class Faults
{
    /// <summary>Everything that may fail in a layout.</summary>
    /// <param name="layout">What is there.</param>
    /// <param name="vlans">The VLANs that somebody's question takes; others carry nothing that could be missed.</param>
    /// <param name="isNamed">Whether a NIC is called by its host too: there are several hosts.</param>
    public static List<Fault> Of(Layout layout, IReadOnlyCollection<long> vlans, bool isNamed)
    {
        var cords = layout.Cords.Where(cord => cord.Box is not null).ToList();
        Fault Of(FaultKind kind, params IReadOnlyList<Cord> cables) => new(kind) { Host = isNamed ? cables[0].Host.Name : null, Labels = [.. cables.Select(cord => cord.Label)], Slot = Slot(cables[0]) };
        var cabled = cords.Select(cord => cord.Member).Concat(layout.Trunks.Where(trunk => trunk.Up).SelectMany(trunk => new[] { trunk.Members.One, trunk.Members.Other })).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. cords.Select(cord => Of(FaultKind.Cable, cord)),
            .. cords.GroupBy(cord => (cord.Host, Slot(cord) ?? cord.Label)).Select(card => Of(FaultKind.Nic, [.. card])),
            .. layout.Boxes.SelectMany(box => box.Members).Where(cabled.Contains).Select(member => new Fault(FaultKind.Switch) { Member = member }),
            .. cords.Where(SpeaksLacp).Select(cord => Of(FaultKind.Lacp, cord)),
            .. from cord in cords from vlan in vlans where cord.Carries(vlan) select Of(FaultKind.Vlan, cord) with { Vlan = vlan },
        ];
    }

    /// <summary>The slot that the file says a NIC is in: all ports of it are one card.</summary>
    private static string? Slot(Cord cord) => cord.Host.Host.Find(cord.Label)?.Rest.Map("pcie")?.Word("slot");

    private static bool SpeaksLacp(Cord cord) => cord is { Group: not null, Lacp: not "static" }
        && cord.Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Lacp && bond.Ports.Any(port => port.Name.Value == cord.Label));
}
