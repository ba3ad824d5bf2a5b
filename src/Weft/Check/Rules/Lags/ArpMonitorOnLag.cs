// The ARP monitor takes a port for alive when something arrives at it. On a group the switch chooses the port by which the target's answer
// comes, always the same one: the others look dead and flap (measured in modes balance-rr and balance-xor on a static channel).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No ARP monitor where the switch chooses the port of the answer.</summary>
public sealed class ArpMonitorOnLag() : Rule("arp-monitor-on-lag", Severity.Warning)
{
    public override string Why => "the switch sends a target's answers by one port of the group, and the ports that hear none are taken for dead";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, arp_interval: [|100|], arp_ip_target: [192.0.2.1, 192.0.2.2], addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: static}
          eth1: {switch: sw, port: "2", group: Po1, lacp: static}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: static}
          eth1: {switch: sw, port: "2", group: Po1, lacp: static}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Is(BondLines.RoundRobin, BondLines.Xor) && Bonding.ArpInterval(bond.Bond) > 0
        let grouped = bond.Leads.Where(lead => stack.Wiring.LacpOf(lead.Cable!) == "static").ToList()
        where grouped.Count > 1
        select At(bond.Bond.Settings.PlaceOf(BondLines.ArpInterval), $"{bond.Bond.Name} asks ARP targets, and {CabledBond.Names(grouped)} are in a group of the switch", "write miimon: 100 in the place of arp_interval and its targets, or use mode: 802.3ad");
}
