// After a failover the bond sends gratuitous ARPs and unsolicited neighbour advertisements for its addresses, num_grat_arp times (bond_should_notify_peers, bond_main.c). They
// are what shows a switch the way over the new port; without them it learns from whatever the host sends next.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>After a failover somebody is told.</summary>
public sealed class SilentFailover() : Rule("silent-failover", Severity.Warning)
{
    public override string Why => "without gratuitous ARPs switches go on sending to the port that failed until the host happens to send something itself";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, num_grat_arp: [|0|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, num_grat_arp: 3}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.ActiveBackup && bond.Settings.Number(BondLines.NumGratArp) == 0
        select At(bond.Settings.PlaceOf(BondLines.NumGratArp), $"{bond.Name} has num_grat_arp 0", "write num_grat_arp: 1, or more where switches are slow to learn");
}
