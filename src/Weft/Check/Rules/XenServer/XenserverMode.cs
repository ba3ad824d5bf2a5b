// XenServer's modes are active-backup, lacp and balance-slb (datamodel.ml, bond_mode). The last is Open vSwitch's; the kernel of XCP-ng has it by a patch, and no other kernel does
// (EINVAL): balance-xor is not it, for no bridge drops what its own frames come back as. LACP on the Linux bridge: xenserver-lacp.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond of XenServer is active-backup, or by LACP.</summary>
public sealed class XenserverMode() : Rule("xenserver-mode", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "XenServer makes bonds of active-backup, LACP and its own balance-slb, and no bond of another mode can be created or kept by it";

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|balance-tlb|], miimon: 100}
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where XenServer.IsAsked(stack)
        let mode = Bonding.Mode(bond)
        where mode is not (null or BondLines.ActiveBackup or BondLines.Lacp)
        select At(bond.Settings.Has(BondLines.Mode) ? bond.Settings.PlaceOf(BondLines.Mode) : bond.Name.Place, $"{bond.Name} has mode {mode}, which XenServer does not have", "write mode: active-backup");
}
