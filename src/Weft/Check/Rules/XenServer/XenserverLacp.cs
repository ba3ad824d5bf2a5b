// XenServer offers LACP on its Open vSwitch backend (docs.xenserver.com, networking). On the Linux bridge newer releases hand the mode on to the kernel
// (network_utils.ml, lacp becomes 802.3ad) and leave LACP's own settings out, so the manual's word holds, and who knows better may allow it.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>LACP on XenServer is Open vSwitch's.</summary>
public sealed class XenserverLacp() : Rule("xenserver-lacp", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "XenServer bonds by LACP where its backend is Open vSwitch; on the Linux bridge it knows active-backup and its own balance-slb";

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|802.3ad|], miimon: 100}
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where XenServer.IsAsked(stack) && !XenServer.IsOpenVswitch(stack) && Bonding.Mode(bond) == BondLines.Lacp
        select At(bond.Settings.PlaceOf(BondLines.Mode), $"{bond.Name} has mode 802.3ad, and the backend is the Linux bridge", "write mode: active-backup, or backend: openvswitch");
}
