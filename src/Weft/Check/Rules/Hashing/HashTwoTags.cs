// The tag of a VLAN on the bond travels beside the frame, and the policies see what is in it. That of a VLAN on this VLAN is in the frame, and the frame's network header is then no IP header:
// every policy that looks for one finds none and chooses by MACs (bond_flow_dissect, bond_main.c; measured). encap2+3 and encap3+4 walk tags, and that helps
// frames that come in with both, as a bridge passes them on, but none that host or guest send through the VLAN on the VLAN.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Policies that look for IP find none behind a VLAN on a VLAN.</summary>
public sealed class HashTwoTags() : Rule("hash-two-tags", Severity.Advice)
{
    public override string Why => "what leaves through a VLAN on a VLAN has its second tag in the frame, where no policy finds IP: the port is chosen by the MACs alone, and all flows of two MACs share it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: [|layer3+4|]}
        vlans:
          bond0.5: {link: bond0, id: 5, protocol: 802.1ad}
          bond0.5.7: {link: bond0.5, id: 7, addresses: [192.0.2.5/24]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: layer3+4}
        vlans:
          bond0.7: {link: bond0, id: 7, addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1 && Bonding.Mode(bond) is (BondLines.Xor or BondLines.Lacp)
        let policy = Bonding.Policy(bond)
        where policy is "layer2+3" or "layer3+4" or "encap2+3" or "encap3+4"
        let inner = stack.Uppers(bond).Where(IsVlan).SelectMany(stack.Uppers).FirstOrDefault(IsVlan)
        where inner is not null
        select At(bond.Settings.PlaceOf(BondLines.XmitHashPolicy), $"{bond.Name} chooses ports by {policy}, and {inner.Name} is its second tag", $"put the VLANs whose flows are to spread on {bond.Name} itself; or write xmit_hash_policy: layer2, which is what it comes to");

    private static bool IsVlan(Link link) => link.Kind == LinkKind.Vlan;
}
