// A bond gives its ports its own MAC, and a MACVLAN does not come up with that of its link or of another on it (macvlan_open, EADDRINUSE): the bond's first
// port decides whether it can be taken in at all.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's ports are no MACVLANs.</summary>
public sealed class MacvlanInBond() : Rule("macvlan-in-bond", Severity.Warning)
{
    public override string Why => "a bond gives its ports one MAC, and a MACVLAN with the MAC of its link, or of another on it, does not come up (EADDRINUSE)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        macvlans:
          mv0: {link: eth0}
        bonds:
          bond0: {ports: [[|mv0|], eth1], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        macvlans:
          mv0: {link: bond0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from port in stack.PortsOf(bond)
        where port.Link.Kind == LinkKind.Macvlan
        select At(port.Entry.Name.Place, $"{bond.Name} has the MACVLAN {port.Link.Name} as a port", $"bond what {port.Link.Name} stands on, and put the MACVLAN on the bond");
}
