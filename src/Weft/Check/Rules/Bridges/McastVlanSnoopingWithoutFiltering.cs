// Snooping for each VLAN apart works on the VLANs that the filter knows. The kernel refuses it without (EINVAL, "Cannot enable
// multicast VLAN snooping with VLAN filtering disabled", br_multicast_toggle_vlan_snooping) and ends it with the filter.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Multicast snooping by VLAN needs the VLAN filter.</summary>
public sealed class McastVlanSnoopingWithoutFiltering() : Rule("mcast-vlan-snooping-without-filtering", Severity.Error)
{
    public override string Why => "the kernel refuses it where the bridge does not filter VLANs (EINVAL), and ends it when the filter ends";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], mcast_vlan_snooping: [|true|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], vlan_filtering: true, mcast_vlan_snooping: true}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Flag(BridgeLines.McastVlanSnooping) == true && bridge.Settings.Flag(BridgeLines.VlanFiltering) != true && !Stack.IsUnread(bridge, BridgeLines.VlanFiltering)
        select At(bridge.Settings.PlaceOf(BridgeLines.McastVlanSnooping), $"{bridge.Name} has mcast_vlan_snooping, and no vlan_filtering", "add vlan_filtering: true, or remove it");
}
