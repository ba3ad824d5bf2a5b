// A switch drops frames whose tag is not among the VLANs of the port (IEEE 802.1Q 8.6.2, ingress filtering), and tells nobody: carrier is there,
// and nothing ever answers. Judged are VLANs that somebody uses; a bridge's port may carry more.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VLAN of the host is a VLAN of the switch's port.</summary>
public sealed class VlanNotOnSwitch() : Rule("vlan-not-on-switch", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch drops frames with a tag that its port does not carry, and nothing shows it but silence";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: [|5|], addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [6-9], native: 1}
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

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from missed in stack.Wiring.Traffic.Nowhere
        group missed by missed.Place into same
        let vlans = VlanTable.Of([.. same.Select(missed => new VlanRun((int)missed.Vlan!.Value, (int)missed.Vlan.Value))])
        let cables = same.First().Cables
        select At(same.Key, $"{same.First().Of.Name} is in VLAN {vlans}, and {(cables.Count == 1 ? $"the switch's port of {cables[0]} carries no such tag" : $"none of the switch's ports of {Odd.Listed([.. cables.Select(cable => cable.Nic.Value)])} carries such a tag")}",
            $"write an id that is among the vlans of the cable (line {cables[0].VlansPlace.Line}), or add {vlans} there and at the switch");
}
