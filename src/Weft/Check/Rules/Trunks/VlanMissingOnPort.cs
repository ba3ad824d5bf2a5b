// A VLAN that the switch carries on some ports of a bond and not on others: what the bond sends by those is dropped. With one active port
// nothing shows it until the first failover, which is then an outage of that VLAN; with several, some flows are lost from the start.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Every port of a bond carries the bond's VLANs.</summary>
public sealed class VlanMissingOnPort() : Rule("vlan-missing-on-port", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch drops the VLAN at this port: with one active port the next failover cuts it off, with several some flows are lost";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9]}
          eth1: {switch: sw, port: "2", vlans: [|[6-9]|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9]}
          eth1: {switch: sw, port: "2", vlans: [5-9]}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from missed in stack.Wiring.Traffic.Partly
        from cable in missed.Cables
        group missed by cable into same
        let vlans = VlanTable.Of([.. same.Select(missed => new VlanRun((int)missed.Vlan!.Value, (int)missed.Vlan.Value))])
        select At(same.Key.VlansPlace, $"the switch's port of {same.Key} does not carry VLAN {vlans} of {Odd.Listed([.. same.Select(missed => missed.Of.Name.Value).Distinct(StringComparer.Ordinal)])}, and other ports of its bond do",
            $"add {vlans} to the vlans of {same.Key}, here and at the switch");
}
