// balance-rr and balance-xor send one MAC by all ports. A switch that knows of no group sees that MAC jump from port to port, and sends the
// host's own broadcasts back to it by the other ports: a bridge on the bond then learns its guests' MACs on the outside (measured:
// 63 to 100 % of packets to a guest lost with balance-rr, 50 to 100 % with balance-xor).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Modes that use all ports as one need a group on the switch.</summary>
public sealed class StaticBondWithoutLag() : Rule("static-bond-without-lag", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "on plain ports the switch sees one MAC at several ports, and sends the host's broadcasts back by the others: a bridge on the bond loses its guests";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|balance-xor|], miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
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
        where bond.Is(BondLines.RoundRobin, BondLines.Xor)
        from at in bond.Blame(bond.MeetingPlainly, cable => cable.Nic.Place)
        select At(at.Place, $"{bond.Bond.Name} has mode {bond.Mode}, and {at} {(at.Place == bond.ModePlace ? "lead to plain ports" : "leads to a plain port")} of one segment",
            $"put the ports in one group of the switch (group: with lacp: static at each cable), or give {bond.Bond.Name} mode: {BondLines.ActiveBackup}");
}
