// A passive end speaks by itself only to an active one (IEEE 802.1AX 6.4.13, the periodic machine is idle while both are passive; lacp_active off,
// bond_3ad.c). Two Linux ends tell each change of state all the same and come up. Nobody repeats it, and what each knows of the other runs out: measured on 6.1, every 100 s,
// and at 200 s no port collected for 0.6 s.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One end of LACP begins.</summary>
public sealed class LacpBothPassive() : Rule("lacp-both-passive", Severity.Warning)
{
    public override string Why => "between two passive ends nobody sends LACPDUs in their time: two Linux ends come up all the same, and lose frames when what they know of each other runs out; a switch that waits for the other end to begin never comes up";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, lacp_active: [|false|]}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: passive}
          eth1: {switch: sw, port: "2", group: Po1, lacp: passive}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: passive}
          eth1: {switch: sw, port: "2", group: Po1, lacp: passive}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Mode == BondLines.Lacp && bond.Bond.Settings.Flag(BondLines.LacpActive) == false
        let wrong = bond.Leads.Where(lead => stack.Wiring.LacpOf(lead.Cable!) == "passive").ToList()
        where wrong.Count > 0
        from place in wrong.Count == bond.Leads.Count ? [bond.Bond.Settings.PlaceOf(BondLines.LacpActive)] : wrong.Select(lead => lead.Cable!.Lacp?.Place ?? lead.Cable.Group!.Place)
        select At(place, $"{bond.Bond.Name} has lacp_active: false, and the switch's end of {CabledBond.Names(wrong)} is passive too", $"write lacp_active: true on {bond.Bond.Name}, or set the switch and the cable to lacp: active");
}
