// LACPDUs belong to a cable and go untagged (IEEE 802.1AX; slow protocols are for the neighbour alone, IEEE 802.3 annex 57A). A bond over VLANs sends them with the VLAN's
// tag; a switch forwards or drops those and answers none, so every port stays without a partner and one of them carries everything.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>LACP speaks over NICs and not over their VLANs.</summary>
public sealed class LacpOverVlan() : Rule("lacp-over-vlan", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a bond over VLANs sends its LACPDUs tagged, which no switch takes for LACP: no port finds a partner";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth1.5: {link: eth1, id: 5}
        bonds:
          bond0: {ports: [eth0.5, eth1.5], mode: [|802.3ad|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        vlans:
          bond0.5: {link: bond0, id: 5}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && Bonding.Mode(bond) == BondLines.Lacp
        let port = stack.PortsOf(bond).Select(port => port.Link).FirstOrDefault(port => port.Kind == LinkKind.Vlan)
        where port is not null
        select At(bond.Settings.PlaceOf(BondLines.Mode), $"{bond.Name} speaks LACP over the VLAN {port.Name}", $"make {stack.LowerOf(port)?.Name ?? port.Name} and the others ports of {bond.Name} and put the VLAN on the bond, or write mode: active-backup");
}
