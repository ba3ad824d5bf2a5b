// The native VLAN is the one that a trunk carries without a tag. A host that tags it sends what the switch may take for that VLAN, and gets the
// answers untagged, where no VLAN link hears them (vlan_do_receive, net/8021q/vlan_core.c); measured: the gateway never answers.

using Weft.Text;

namespace Weft.Check;

/// <summary>What the switch sends untagged, the host does not tag.</summary>
public sealed class NativeTagged() : Rule("native-tagged", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch sends its native VLAN without a tag, and a VLAN link hears only frames with one";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9], native: [|5|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9], native: 1}
        switches: {sw: {}}
        """;

    /// <summary>Where the ports of all cables have the VLAN untagged, it is the host's id that differs from them.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from missed in stack.Wiring.Traffic.Bare
        group missed by missed.Cables.Count > 1 ? missed.Place : missed.Cables[0].Native!.Place into same
        let first = same.First()
        select At(same.Key, $"{first.Of.Name} tags VLAN {first.Vlan}, which the switch carries untagged at the port of {Odd.Listed([.. first.Cables.Select(cable => cable.Nic.Value)])}",
            $"let the switch tag it (vlans with {first.Vlan} and another native at the cable), or use {first.Of.Lower ?? "the link below"} itself in the place of VLAN {first.Vlan}");
}
