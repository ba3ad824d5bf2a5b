// A bond has room for 16 targets (BOND_MAX_ARP_TARGETS, BOND_MAX_NS_TARGETS). A seventeenth is dropped, without an error by netlink.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>At most 16 ARP targets.</summary>
public sealed class TooManyArpTargets() : Rule("too-many-arp-targets", Severity.Error)
{
    public override string Why => "the kernel keeps 16 targets of each family and drops the others without a word";

    public override string Bad => $$$"""
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [{{{Targets(16)}}}, [|192.0.2.17|]], addresses: [192.0.2.25/24]}
        """;

    public override string Good => $$$"""
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [{{{Targets(16)}}}], addresses: [192.0.2.25/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from targets in Bonding.Targets(bond)
        where targets.List.Count > BondLines.MostTargets
        select At(targets.List[BondLines.MostTargets].Place, $"{targets.Of} of {bond.Name} has {targets.List.Count} addresses", $"keep at most {BondLines.MostTargets}; two or three are usual");

    private static string Targets(int count) => string.Join(", ", Enumerable.Range(1, count).Select(last => $"192.0.2.{last}"));
}
