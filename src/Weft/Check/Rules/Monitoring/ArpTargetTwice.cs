// A target that stands twice is refused by the kernel after it has cleared the list: the bond is then left with what came
// before the second (measured).

using Weft.Text;

namespace Weft.Check;

/// <summary>Each ARP target once.</summary>
public sealed class ArpTargetTwice() : Rule("arp-target-twice", Severity.Error)
{
    public override string Why => "the kernel refuses a target that it already has (EINVAL), and by then it has cleared the list";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, [|192.0.2.1|]], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, 192.0.2.2], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from targets in Bonding.Targets(bond)
        from same in targets.List.GroupBy(target => target.Value)
        from second in same.Skip(1)
        select At(second.Place, $"{bond.Name} has {second} twice in {targets.Of}", "remove one of the two, or ask another address");
}
