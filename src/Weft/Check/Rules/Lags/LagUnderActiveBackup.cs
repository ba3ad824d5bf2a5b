// A switch spreads what it sends to the host over all ports of a group. Modes with one active port drop what arrives at the others
// (bond_should_deliver_exact_match, bond_main.c): measured, each flow that the switch hashes to an inactive port is lost whole, and with
// balance-tlb and balance-alb all of it. With LACP the switch waits for LACPDUs that these modes do not send.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Modes with one active port need plain switch ports.</summary>
public sealed class LagUnderActiveBackup() : Rule("lag-under-active-backup", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch spreads frames over all ports of the group, and the bond drops what arrives at the ports that are not active";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|active-backup|], miimon: 100}
          bond1: {ports: [eth2, eth3], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: static}
          eth1: {switch: sw, port: "2", group: Po1, lacp: static}
          eth2: {switch: sw, port: "3"}
          eth3: {switch: sw, port: "4", group: [|Po2|], lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where BondLines.ActivePortModes.Contains(bond.Mode)
        let wrong = bond.Grouped
        from at in bond.Blame(wrong, cable => cable.Group!.Place)
        select At(at.Place, $"{bond.Bond.Name} has mode {bond.Mode}, and the switch has {at} in the group {wrong[0].Cable!.Group}",
            $"take {at} out of the switch's group (remove group and lacp at the cable), or give {bond.Bond.Name} mode: {(stack.Wiring.LacpOf(wrong[0].Cable!) == "static" ? BondLines.Xor : BondLines.Lacp)}");
}
