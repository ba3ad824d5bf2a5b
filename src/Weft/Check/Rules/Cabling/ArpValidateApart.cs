// With arp_validate on backup ports, a backup port is alive as long as it hears the active port's own ARP requests, which a switch floods to it
// (bond_arp_rcv, bond_validate_arp). Where the two ports' switches are not joined it never hears one, and is down for good.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Backup ports that must hear the active one are in its segment.</summary>
public sealed class ArpValidateApart() : Rule("arp-validate-apart", Severity.Warning)
{
    public override string Why => "a validated backup port lives by hearing the active port's ARP requests, which only switches that are joined pass on to it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, 192.0.2.2], arp_validate: [|all|], addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
          eth1: {switch: leaf-b, port: "1"}
        switches: {leaf-a: {}, leaf-b: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, 192.0.2.2], arp_validate: all, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
          eth1: {switch: leaf-b, port: "1"}
        switches: {leaf-a: {}, leaf-b: {}}
        links: [[leaf-a, leaf-b]]
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Mode == BondLines.ActiveBackup && Bonding.ArpInterval(bond.Bond) > 0 && bond.Bond.Settings.Word(BondLines.ArpValidate) is "backup" or "all" or "filter_backup"
        let apart = bond.Leads.FirstOrDefault(lead => !stack.Wiring.AreOneSegment(lead.Cable!, bond.Leads[0].Cable!))
        where apart is not null
        select At(bond.Bond.Settings.PlaceOf(BondLines.ArpValidate), $"{bond.Bond.Name} has arp_validate: {bond.Bond.Settings.Word(BondLines.ArpValidate)}, and nothing joins {bond.Leads[0].Cable!.Switch} of {bond.Leads[0].Nic.Name} to {apart.Cable!.Switch} of {apart.Nic.Name}",
            $"write arp_validate: active, or links: [[{bond.Leads[0].Cable!.Switch}, {apart.Cable.Switch}]] if they are joined");
}
