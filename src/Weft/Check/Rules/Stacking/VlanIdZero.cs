// VLAN id 0 is none: a tag with it carries a priority, and the frame belongs to the untagged VLAN of the port (IEEE 802.1Q 9.6, table 9-2). The kernel makes the link all the same (vlan_check_real_dev,
// register_vlan_device), sends such tags by it and gives it those that arrive with one: switches answer untagged.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VLAN has an id of its own.</summary>
public sealed class VlanIdZero() : Rule("vlan-id-zero", Severity.Warning)
{
    public override string Why => "id 0 is a priority tag and no VLAN: a switch takes such a frame for an untagged one and answers untagged, past this link";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.0: {link: eth0, id: [|0|], addresses: [192.0.2.5/24]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vlan in stack.Host.Of(LinkKind.Vlan)
        where vlan.Settings.Number(VlanLines.Id) == 0
        select At(vlan.Settings.PlaceOf(VlanLines.Id), $"{vlan.Name} has the id 0", $"write an id from 1 to 4094, or put what stands on {vlan.Name} on {vlan.Lower} itself");
}
