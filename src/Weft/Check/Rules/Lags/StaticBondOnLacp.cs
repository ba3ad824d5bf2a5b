// A switch that speaks LACP keeps a port out of its group until LACPDUs come (IEEE 802.1AX 6.4.8: not selected, neither collecting nor
// distributing), and the modes that send none never get in: most switches suspend the port.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A group with LACP needs a bond with LACP.</summary>
public sealed class StaticBondOnLacp() : Rule("static-bond-on-lacp", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch waits for LACPDUs, which only mode 802.3ad sends, and passes nothing over the port meanwhile";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|balance-xor|], miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: static}
          eth1: {switch: sw, port: "2", group: Po1, lacp: static}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Is(BondLines.RoundRobin, BondLines.Xor, BondLines.Broadcast)
        from at in bond.Blame(bond.OnLacp, cable => cable.Lacp?.Place ?? cable.Group!.Place)
        select At(at.Place, $"{bond.Bond.Name} has mode {bond.Mode}, and the switch expects LACP of {at}", $"give {bond.Bond.Name} mode: 802.3ad, or the switch's group lacp: static");
}
