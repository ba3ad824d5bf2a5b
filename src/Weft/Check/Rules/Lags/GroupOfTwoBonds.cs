// A group is one link to the switch: it spreads what it sends over all ports of the group, and what belongs to one bond arrives at the
// other, or at a NIC on its own. So the host's end must be one bond too.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One group, one bond.</summary>
public sealed class GroupOfTwoBonds() : Rule("group-of-two-bonds", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch sends a flow by any port of the group, and where those are not one bond it arrives at the wrong one and is lost";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {addresses: [192.0.2.5/24]}, eth3: {}, eth4: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, addresses: [198.51.100.5/24]}
          bond1: {ports: [[|eth3|]], mode: 802.3ad, addresses: [203.0.113.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
          eth2: {switch: sw, port: "3", group: [|Po1|], lacp: active}
          eth3: {switch: sw, port: "4", group: Po2, lacp: active}
          eth4: {switch: sw, port: "5", group: Po2, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {addresses: [192.0.2.5/24]}, eth3: {}, eth4: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, addresses: [198.51.100.5/24]}
          bond1: {ports: [eth3, eth4], mode: 802.3ad, addresses: [203.0.113.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
          eth2: {switch: sw, port: "3"}
          eth3: {switch: sw, port: "4", group: Po2, lacp: active}
          eth4: {switch: sw, port: "5", group: Po2, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var wiring = stack.Wiring;
        // What a bond of another mode makes of a group, a bond in two groups, and a port of two masters, other rules tell.
        var told = wiring.Bonds.Where(bond => (!CabledBond.Aggregating.Contains(bond.Mode) && bond.Mode != BondLines.Broadcast) || bond.Bond.Ports.Any(port => stack.Masters(port.Name.Value).Count > 1)).Concat(stack.Wiring.Strays.Select(stray => stray.Bond)).ToHashSet();
        var bonds = wiring.Bonds.SelectMany(bond => bond.Leads.Select(lead => (Nic: lead.Nic.Name.Value, Bond: bond))).ToLookup(port => port.Nic, port => port.Bond, StringComparer.Ordinal);
        return
            from same in wiring.Groups
            let members = same.Where(cable => stack.Host.Find(cable.Nic.Value)?.Kind == LinkKind.Nic).Select(cable => new Member(cable, [.. bonds[cable.Nic.Value]])).ToList()
            where !members.Exists(member => member.Bonds.Exists(told.Contains))
            let main = members.SelectMany(member => member.Bonds).GroupBy(bond => bond.Bond.Name.Value, StringComparer.Ordinal).MaxBy(bond => bond.Count())?.First()
            from finding in main is null ? Alone(stack, members) : Strangers(stack, main, [.. members.Where(member => !member.Bonds.Contains(main))])
            select finding;
    }

    private sealed record Member(Cable Cable, List<CabledBond> Bonds);

    private IEnumerable<Finding> Strangers(Stack stack, CabledBond main, List<Member> others)
    {
        foreach (var other in others.DistinctBy(member => member.Bonds.FirstOrDefault()?.Bond.Name.Value ?? $" {member.Cable}"))
        {
            var what = $"the group {other.Cable.Group} has ports of {main.Bond.Name}, and {other.Cable} {(other.Bonds.Count > 0 ? $"of {other.Bonds[0].Bond.Name}" : "in no bond")}";
            // A NIC that nobody uses was forgotten in the bond's ports; one that somebody uses is in the wrong group.
            yield return other.Bonds.Count == 0 && !IsUsed(stack, other.Cable) && !main.Bond.Ports.IsEmpty
                ? At(main.Bond.Ports[^1].Name.Place, what, $"add {other.Cable} to the ports of {main.Bond.Name}, or remove group and lacp at its cable (line {other.Cable.Nic.Place.Line})")
                : At(other.Cable.Group!.Place, what, $"make {other.Cable} a port of {main.Bond.Name}, or give its cable another group, or none");
        }
    }

    private IEnumerable<Finding> Alone(Stack stack, List<Member> members)
    {
        var used = members.Where(member => IsUsed(stack, member.Cable)).ToList();
        if (used.Count > 1 || used.Exists(member => stack.Wiring.LacpOf(member.Cable) is "active" or "passive"))
            yield return At(used[0].Cable.Group!.Place, $"{Odd.Listed([.. used.Select(member => member.Cable.Nic.Value)])} {(used.Count == 1 ? "is" : "are")} in the group {used[0].Cable.Group} of the switch and in no bond",
                $"make {(used.Count == 1 ? "it a port" : "them ports")} of a bond with mode: {BondLines.Lacp}, or remove group and lacp");
    }

    private static bool IsUsed(Stack stack, Cable cable) =>
        stack.Host.Find(cable.Nic.Value) is { } nic && (stack.Uppers(nic).Count > 0 || !nic.Addresses.IsEmpty || ClientLines.Families.Any(family => nic.Settings.Flag(family) == true));
}
