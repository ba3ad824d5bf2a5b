// A VLAN link on a VLAN-aware bridge is the host's own end in that VLAN. It gets frames only where the bridge itself is a member
// (`bridge vlan add dev br0 vid 5 self`): the kernel makes the link without, and it stays silent (br_allowed_ingress,
// br_handle_vlan in net/bridge/br_vlan.c).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge takes part in the VLANs of the VLAN links on it.</summary>
public sealed class VlanNotOnBridge() : Rule("vlan-not-on-bridge", Severity.Warning)
{
    public override string Why => "a VLAN-aware bridge hands the host only frames of VLANs that it takes part in itself, and drops what the host sends in others";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          br0.5: {link: br0, id: [|5|], addresses: [192.0.2.5/24]}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5]}}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          br0.5: {link: br0, id: 5, addresses: [192.0.2.5/24]}
        bridges:
          br0: {vlan_filtering: true, vlans: [5], ports: {eth0: {vlans: [5]}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vlan in stack.Sound
        where vlan.Kind == LinkKind.Vlan
        let bridge = stack.LowerOf(vlan)
        where bridge is not null && bridge.Kind == LinkKind.Bridge && bridge.Settings.Flag(BridgeLines.VlanFiltering) == true && !bridge.Unread.Contains("vlans")
        let id = vlan.Settings.Number(VlanLines.Id)
        where id is > 0 && bridge.Vlans?.Has((int)id.Value) != true
        select At(vlan.Settings.PlaceOf(VlanLines.Id), $"{vlan.Name} is VLAN {id} of {bridge.Name}, which does not take part in it{(id == 1 ? " with a tag" : "")}", $"add {id} to the vlans of {bridge.Name} (line {bridge.Name.Place.Line})");
}
