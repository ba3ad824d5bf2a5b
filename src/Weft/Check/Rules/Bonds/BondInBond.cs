// A bond as a port of a bond. The kernel accepts it (measured on 6.1), and no mode makes sense of it: monitors, MACs and
// LACP of the two work against each other.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Bonds do not nest.</summary>
public sealed class BondInBond() : Rule("bond-in-bond", Severity.Error)
{
    public override string Why => "the kernel accepts it, and then the two bonds' monitors, MACs and LACP work against each other";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
          bond1: {ports: [[|bond0|], eth2], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond
        from port in stack.PortsOf(bond)
        where port.Link.Kind == LinkKind.Bond
        select At(port.Entry.Name.Place, $"{port.Link.Name} is a bond and a port of the bond {bond.Name}", $"make {port.Link.Name}'s ports ports of {bond.Name}");
}
