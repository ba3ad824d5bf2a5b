// 802.3ad without LACP at the other end: each port without a partner is an aggregator of its own, one of them carries everything and the
// others wait (ad_agg_selection_logic, bond_3ad.c; measured: carrier up, one active port). On a static channel the switch
// spreads over all its ports all the same, and what arrives at the waiting ones is dropped (bond_should_deliver_exact_match).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>LACP needs two ends that speak it.</summary>
public sealed class LacpWithoutPartner() : Rule("lacp-without-partner", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a port without an LACP partner aggregates with no other: the bond looks up and uses one port, and what a static channel sends to the others is dropped";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|802.3ad|]}
          bond1: {ports: [eth2, eth3], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
          eth2: {switch: sw, port: "3", group: Po1, lacp: [|static|]}
          eth3: {switch: sw, port: "4", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
          bond1: {ports: [eth2, eth3], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
          eth3: {switch: sw, port: "4", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Mode == BondLines.Lacp
        let wrong = bond.WithoutLacp
        from at in bond.Blame(wrong, cable => cable.Lacp?.Place ?? cable.Nic.Place)
        select At(at.Place, $"{bond.Bond.Name} has mode 802.3ad, and the switch speaks no LACP with {at}",
            $"put {at} in a group of the switch that speaks LACP (group: and lacp: active at the cable), or give {bond.Bond.Name} mode: {(wrong.Exists(lead => Wiring.IsPlain(lead.Cable!)) ? BondLines.ActiveBackup : BondLines.Xor)}");
}
