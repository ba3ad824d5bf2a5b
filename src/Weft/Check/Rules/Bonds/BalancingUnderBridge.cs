// balance-tlb and balance-alb write the port's own MAC over the source of every frame that leaves by another port than the active one (bond_do_alb_xmit, bond_alb.c), a guest's
// too. So the switch sees a guest's MAC in broadcasts only and forgets it; then it floods what is for the guest. balance-alb takes unicasts on every port:
// such a flood brings a guest's own frame back, and the bridge learns the guest where the bond is. The ARP of guests is left alone (measured on 6.1; older kernels rewrote it).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Nobody but the host sends over a bond that balances by MAC.</summary>
public sealed class BalancingUnderBridge() : Rule("balancing-under-bridge", Severity.Warning)
{
    public override string Why => "frames of guests leave the other ports with the port's MAC for their own: switches forget where a guest is and flood what is for it, security by MAC blocks the port, and in balance-alb a bridge can lose a guest to its own frame that came back";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|balance-alb|]}
        bridges:
          br0: {ports: [bond0]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        bridges:
          br0: {ports: [bond0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && Bonding.Mode(bond) is (BondLines.Tlb or BondLines.Alb) && bond.Ports.Length > 1
        // A mode that all its cables deny is told for that.
        where !stack.Wiring.IsModeWrong(bond)
        let above = Bonding.Strangers(stack, bond)
        where above is not null
        select At(bond.Settings.PlaceOf(BondLines.Mode), $"{bond.Name} has mode {Bonding.Mode(bond)}, and through {above.Name} others send over it with MACs of their own", "write mode: 802.3ad where the switch speaks LACP, else mode: active-backup");
}
