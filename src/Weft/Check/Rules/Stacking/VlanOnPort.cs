// A VLAN is matched before the bond or bridge sees the frame (vlan_do_receive runs before the rx_handler in
// net/core/dev.c): the VLAN link takes its frames from under the master. On a bond's port that is half of the frames of one
// VLAN; on a bridge's port a deliberate split at best.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>VLANs belong on the master, not on its port.</summary>
public sealed class VlanOnPort() : Rule("vlan-on-port", Severity.Error)
{
    public override string Why => "a VLAN link on a port takes its frames before the master sees them: the master gets none of that VLAN by this port";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          eth0.5: {link: [|eth0|], id: 5}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5}
          bond0.6: {link: bond0, id: 6}
        bridges:
          untagged: {ports: [bond0]}
          br5: {ports: [bond0.5]}
          br6: {ports: [bond0.6]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vlan in stack.Sound
        where vlan.Kind == LinkKind.Vlan && VlanPort.IsTaken(stack, vlan)
        let lower = stack.LowerOf(vlan)!
        let master = stack.MasterOf(lower)!
        select At(vlan.Settings.PlaceOf(VlanLines.Lower), $"{vlan.Name} is a VLAN of {lower.Name}, which is a port of {master.Name}",
            $"make it a VLAN of {master.Name}") with { Severity = master.Kind == LinkKind.Bond ? Severity.Error : Severity.Warning };
}
