// A bond as a port of a bond. The kernel takes it (bond_enslave). Measured on 6.1, where both speak LACP: the inner bond's ports answer the switch, the outer one's LACPDUs
// have no answer, so that it finds no partner there and carries nothing over that port; where one group has all ports, most flows are lost. In other modes frames pass. What fails over
// inside is announced by nobody: NETDEV_NOTIFY_PEERS of the inner bond is not passed on to the outer one, which has the addresses (bond_slave_netdev_event).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Bonds do not nest.</summary>
public sealed class BondInBond() : Rule("bond-in-bond", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "of two LACPs over the same ports the outer one finds no partner; in other modes nobody announces what fails over inside, for the addresses are outside, and switches send to the port that failed until the host speaks";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
          bond1: {ports: [[|bond0|], eth2], mode: 802.3ad}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond
        from port in stack.PortsOf(bond)
        where port.Link.Kind == LinkKind.Bond
        select At(port.Entry.Name.Place, $"{port.Link.Name} is a bond and a port of the bond {bond.Name}", $"make {port.Link.Name}'s ports ports of {bond.Name}")
            with { Severity = Bonding.Mode(bond) == BondLines.Lacp && Bonding.Mode(port.Link) == BondLines.Lacp ? Severity.Error : Severity.Warning };
}
