// Ports in two groups of one switch are two partners' ports to LACP (their keys differ, IEEE 802.1AX 6.3.5): one aggregator works and the other
// waits. To a static bond they are two ports of one segment, and its MAC flaps between them.

using Weft.Text;

namespace Weft.Check;

/// <summary>One bond, one group.</summary>
public sealed class LagInTwoGroups() : Rule("lag-in-two-groups", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch aggregates a group and no more: ports in two groups are two links to it, of which LACP uses one";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: [|Po2|], lacp: active}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from stray in Strays(stack)
        select At(stray.Odd.Cable!.Group!.Place, $"{stray.Bond.Bond.Name} has {stray.Odd.Nic.Name} in the group {stray.Odd.Cable.Group}, and {stray.Main.Nic.Name} in {stray.Main.Cable!.Group}",
            $"write group: {stray.Main.Cable.Group} and set the switch so, or make a bond of its own of the ports of {stray.Odd.Cable.Group}");

    /// <summary>A port in another group than most ports of its bond at the same switch.</summary>
    internal sealed record Stray(CabledBond Bond, Lead Odd, Lead Main);

    /// <summary>Of two groups that are as large, the one that ports of other bonds are in is the wrong one.</summary>
    internal static IEnumerable<Stray> Strays(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where CabledBond.Aggregating.Contains(bond.Mode)
        from box in bond.Leads.Where(lead => lead.Cable!.Group is not null).GroupBy(lead => stack.Wiring.BoxOf(lead.Cable!), StringComparer.Ordinal)
        let all = box.ToList()
        let odd = Odd.Of(all, lead => lead.Cable!.Group!.Value, lead => -stack.Wiring.GroupWith(lead.Cable!).Count(cable => !all.Exists(own => own.Cable == cable)))
        where odd.Count > 0
        let main = all.First(lead => !odd.Contains(lead))
        from lead in odd
        select new Stray(bond, lead, main);
}
