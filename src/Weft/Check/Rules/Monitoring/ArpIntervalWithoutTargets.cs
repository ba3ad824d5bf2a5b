// An ARP monitor without targets asks nobody and hears nobody: the ports go down one after the other, or the active one
// flaps. The kernel accepts it (only the module's own parameters refuse).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The ARP monitor needs somebody to ask.</summary>
public sealed class ArpIntervalWithoutTargets() : Rule("arp-interval-without-targets", Severity.Warning)
{
    public override string Why => "an ARP monitor that asks nobody hears nobody: it takes its ports down or lets them flap";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: [|100|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: 192.0.2.1, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        // Beside miimon it is one monitor too many, and a rule of its own says so.
        where Bonding.ArpInterval(bond) > 0 && !(Bonding.Miimon(bond) > 0) && Bonding.Targets(bond).All(targets => targets.List.Count == 0) && !Stack.IsUnread(bond, BondLines.ArpIpTarget) && !Stack.IsUnread(bond, BondLines.NsIp6Target)
        select At(bond.Settings.PlaceOf(BondLines.ArpInterval), $"{bond.Name} has arp_interval {Bonding.ArpInterval(bond)} and no arp_ip_target", "add arp_ip_target with an address behind the switch, such as the gateway's, or use miimon: 100");
}
