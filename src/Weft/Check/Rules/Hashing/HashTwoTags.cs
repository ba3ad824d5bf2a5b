// The tag of a VLAN on the bond travels beside the frame, and the policies see what is in it. That of a VLAN on this VLAN is in the frame: layer2+3 and layer3+4 find no IP behind it and choose by
// MACs (bond_flow_dissect, bond_main.c; measured). encap2+3 and encap3+4 walk tags.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Policies that look for IP find it behind two tags.</summary>
public sealed class HashTwoTags() : Rule("hash-two-tags", Severity.Advice)
{
    public override string Why => "behind a second tag layer2+3 and layer3+4 see no IP and choose the port by the MACs alone";

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
          bond0: {ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: encap3+4}
        vlans:
          bond0.5: {link: bond0, id: 5, protocol: 802.1ad}
          bond0.5.7: {link: bond0.5, id: 7, addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1 && Bonding.Mode(bond) is (BondLines.Xor or BondLines.Lacp)
        let policy = Bonding.Policy(bond)
        where policy is "layer2+3" or "layer3+4"
        let inner = stack.Uppers(bond).Where(IsVlan).SelectMany(stack.Uppers).FirstOrDefault(IsVlan)
        where inner is not null
        select At(bond.Settings.PlaceOf(BondLines.XmitHashPolicy), $"{bond.Name} chooses ports by {policy}, and {inner.Name} is its second tag", $"write xmit_hash_policy: {(policy == "layer2+3" ? "encap2+3" : "encap3+4")}");

    private static bool IsVlan(Link link) => link.Kind == LinkKind.Vlan;
}
