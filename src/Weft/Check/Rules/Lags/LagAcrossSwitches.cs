// LACP aggregates the ports that have one partner (IEEE 802.1AX 6.3.5: one system id and key). Two switches that know nothing of each other
// are two partners: the bond makes two aggregators, uses one, and the ports of the other wait (bond_3ad.c). A static group on two
// joined switches shows both of them the same MAC. Only a pair that acts as one switch (MLAG, vPC, a stack) may hold one group.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One group ends in one switch, or in a pair.</summary>
public sealed class LagAcrossSwitches() : Rule("lag-across-switches", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "switches that are no pair are two partners: LACP uses the ports to one of them and the others idle, and a static bond shows both the same MAC";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        cabling:
          eth0: {switch: leaf-a, port: "1", group: Po1, lacp: active}
          eth1: {switch: leaf-b, port: "1", group: Po1, lacp: active}
        switches:
          leaf-a: {mlag: pair1}
          [|leaf-b|]: {}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        cabling:
          eth0: {switch: leaf-a, port: "1", group: Po1, lacp: active}
          eth1: {switch: leaf-b, port: "1", group: Po1, lacp: active}
        switches:
          leaf-a: {mlag: pair1}
          leaf-b: {mlag: pair1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from torn in Torn(stack)
        group torn by torn.Place into same
        let first = same.First()
        select At(first.Place, $"{first.Bond.Bond.Name} has {first.Odd.Nic.Name} in a group of {first.Odd.Cable!.Switch}, and {first.Main.Nic.Name} in one of {first.Main.Cable!.Switch}",
            first.Pair is { } pair ? $"write mlag: {pair} at both switches if they are a pair" : $"lead {first.Odd.Nic.Name} to {first.Main.Cable.Switch} too, write one mlag: name at both switches if they are a pair, or give {first.Bond.Bond.Name} mode: {BondLines.ActiveBackup} and plain ports");

    /// <summary>A port whose group is not in the switch where most ports' is.</summary>
    /// <param name="Pair">The name of the pair that the two switches seem to be meant to be.</param>
    internal sealed record Port(CabledBond Bond, Lead Odd, Lead Main, Place Place, string? Pair);

    internal static IEnumerable<Port> Torn(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where CabledBond.Aggregating.Contains(bond.Mode)
        let grouped = bond.Leads.Where(lead => lead.Cable!.Group is not null).ToList()
        let odd = Check.Odd.Of(grouped, lead => stack.Wiring.BoxOf(lead.Cable!))
        where odd.Count > 0
        let main = grouped.First(lead => !odd.Contains(lead))
        from lead in odd
        where bond.Mode == BondLines.Lacp || stack.Wiring.AreOneSegment(lead.Cable!, main.Cable!)
        select Blame(stack.Wiring, bond, lead, main);

    /// <summary>Half a pair names what the other switch lacks; where neither is half of one, the cable leads to the wrong switch.</summary>
    private static Port Blame(Wiring wiring, CabledBond bond, Lead odd, Lead main)
    {
        var (there, here) = (wiring.SwitchOf(odd.Cable!)!, wiring.SwitchOf(main.Cable!)!);
        var (half, other) = (IsHalf(there), IsHalf(here));
        return there.Mlag is null && other ? new(bond, odd, main, there.Name.Place, here.Mlag!.Value)
            : here.Mlag is null && half ? new(bond, odd, main, here.Name.Place, there.Mlag!.Value)
            : half && other ? new(bond, odd, main, there.Mlag!.Place, here.Mlag!.Value)
            : new(bond, odd, main, odd.Cable!.Switch!.Place, null);

        bool IsHalf(Switch box) => box.Mlag is { } pair && wiring.Switches.Count(member => member.Mlag?.Value == pair.Value) == 1;
    }
}
