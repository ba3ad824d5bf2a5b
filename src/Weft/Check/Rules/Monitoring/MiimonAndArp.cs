// The two monitors exclude each other. In one message the kernel answers EINVAL ("ARP monitoring cannot be used with MII
// monitoring"); one after the other, the later silently switches the earlier off.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond has one monitor.</summary>
public sealed class MiimonAndArp() : Rule("miimon-and-arp", Severity.Error)
{
    public override string Why => "a bond has one monitor: set together the kernel refuses them (EINVAL), set in turn the later silently ends the earlier";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, arp_interval: [|100|], arp_ip_target: 192.0.2.1}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: 192.0.2.1, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Miimon(bond) > 0 && Bonding.ArpInterval(bond) > 0
        select At(bond.Settings.PlaceOf(BondLines.ArpInterval), $"{bond.Name} has miimon {Bonding.Miimon(bond)} and arp_interval {Bonding.ArpInterval(bond)}",
            "keep miimon for carrier, or arp_interval for a path that can fail behind a switch; not both");
}
