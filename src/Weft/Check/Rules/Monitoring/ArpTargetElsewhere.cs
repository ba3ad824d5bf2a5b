// The monitor asks where the route to the target leads, and only there. Where that is a link that neither is the bond nor stands on it, bond_verify_device_path (bond_main.c) finds no
// way up and the target is skipped. A next hop helps nobody: routes with one are not looked at.

using Weft.Text;

namespace Weft.Check;

/// <summary>The ARP monitor's targets are reached over the bond.</summary>
public sealed class ArpTargetElsewhere() : Rule("arp-target-elsewhere", Severity.Warning)
{
    public override string Why => "the kernel asks a target over the link whose network it is in; where that link does not stand on the bond it skips the target without a word";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {addresses: [192.0.2.5/24]}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [198.51.100.1, [|192.0.2.1|]], addresses: [198.51.100.5/24]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {addresses: [192.0.2.5/24]}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [198.51.100.1, 198.51.100.2], addresses: [198.51.100.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from question in Asking.Of(stack)
        where question.Is == Way.Elsewhere
        select At(question.Place, $"{question.Bond.Name} asks {question.Target}, whose network is on {question.Over[0].Name}", $"ask an address in a network of {question.Bond.Name} or of what stands on it, or use miimon: 100");
}
