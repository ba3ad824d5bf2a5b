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
        from torn in stack.Wiring.Torn
        group torn by torn.Place into same
        let first = same.First()
        select At(first.Place, $"{first.Bond.Bond.Name} has {first.Odd.Nic.Name} in a group of {first.Odd.Cable!.Switch}, and {first.Main.Nic.Name} in one of {first.Main.Cable!.Switch}",
            first.Pair is { } pair ? $"write mlag: {pair} at both switches if they are a pair" : $"lead {first.Odd.Nic.Name} to {first.Main.Cable.Switch} too, write one mlag: name at both switches if they are a pair, or give {first.Bond.Bond.Name} mode: {BondLines.ActiveBackup} and plain ports");
}
