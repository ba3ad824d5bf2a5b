// vlan+srcmac chooses a port by the sender's MAC and the VLAN (bond_vlan_srcmac_hash, bond_main.c), which keeps a guest on one port, for switches that know nothing of the bond. A host that
// sends by itself in one VLAN has one of each, and so one port.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Who hashes by VLAN and sender has several of them.</summary>
public sealed class HashOfFew() : Rule("hash-of-few", Severity.Warning)
{
    public override string Why => "vlan+srcmac chooses the port by VLAN and sender's MAC, and the host sends with one MAC in one VLAN: all of it leaves by one port, and the others idle";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100, xmit_hash_policy: [|vlan+srcmac|], addresses: [192.0.2.5/24]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100, xmit_hash_policy: layer3+4, addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1 && Bonding.Mode(bond) is (BondLines.Xor or BondLines.Lacp) && Bonding.Policy(bond) == "vlan+srcmac"
        where Bonding.Strangers(stack, bond) is null
        where stack.Uppers(bond).Count(upper => upper.Kind == LinkKind.Vlan) + (bond.Addresses.IsEmpty && !Bonding.IsLeased(bond) ? 0 : 1) == 1
        select At(bond.Settings.PlaceOf(BondLines.XmitHashPolicy), $"{bond.Name} chooses ports by vlan+srcmac, and the host sends over it with one MAC in one VLAN", "write xmit_hash_policy: layer3+4, or layer2+3");
}
