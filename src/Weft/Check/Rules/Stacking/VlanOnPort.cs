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
        where vlan.Kind == LinkKind.Vlan && IsWrong(stack, vlan)
        let lower = stack.LowerOf(vlan)!
        let master = stack.MasterOf(lower)!
        select At(vlan.Settings.PlaceOf(VlanLines.Lower), $"{vlan.Name} is a VLAN of {lower.Name}, which is a port of {master.Name}",
            $"make it a VLAN of {master.Name}") with { Severity = master.Kind == LinkKind.Bond ? Severity.Error : Severity.Warning };

    /// <summary>Whether the VLAN's link is the port of a master that would have its frames.</summary>
    internal static bool IsWrong(Stack stack, Link vlan) =>
        stack.LowerOf(vlan) is { } lower && !stack.InCycle.Contains(lower.Name.Value) && stack.MasterOf(lower) is { } master
        && (master.Kind == LinkKind.Bond || (stack.MasterOf(vlan) != master && IsMissed(stack, master, lower, vlan)));

    /// <summary>
    /// Whether the bridge is to have the VLAN: by the tables of a VLAN-aware one, or because a VLAN link stands on it too. Else the two share the wire: the bridge has
    /// what is untagged and the VLAN its tag, as on every host with a bridge for each VLAN and one for none.
    /// </summary>
    private static bool IsMissed(Stack stack, Link bridge, Link port, Link vlan) =>
        vlan.Settings.Number(VlanLines.Id) is { } id && (bridge.Settings.Flag(BridgeLines.VlanFiltering) == true
            ? bridge.Ports.Any(entry => entry.Name.Value == port.Name.Value && VlanPort.Of(bridge, entry).Has((int)id))
            : stack.Uppers(bridge).Any(upper => upper.Kind == LinkKind.Vlan && upper.Settings.Number(VlanLines.Id) == id));
}
