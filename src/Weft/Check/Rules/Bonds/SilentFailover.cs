// After a failover the bond sends gratuitous ARPs and unsolicited neighbour advertisements for its addresses, num_grat_arp times (bond_should_notify_peers, bond_main.c), and reports its
// multicast groups, resend_igmp times (bond_resend_igmp_join_requests_delayed). They show switches the way over the new port; without them these learn from whatever the host sends
// next, and of groups by the next query, which may be two minutes away.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>After a failover somebody is told.</summary>
public sealed class SilentFailover() : Rule("silent-failover", Severity.Warning)
{
    public override string Why => "what a failover does not announce, switches learn late: until then they send to the port that failed, or a group's packets nowhere";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, num_grat_arp: [|0|], resend_igmp: [|0|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, num_grat_arp: 3, resend_igmp: 2}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        let mode = Bonding.Mode(bond)
        where mode is not null && BondLines.Primary.Modes.Contains(mode)
        from option in new[] { BondLines.NumGratArp, BondLines.ResendIgmp }
        where option.Modes.Contains(mode) && bond.Settings.Number(option) == 0
        select At(bond.Settings.PlaceOf(option), $"{bond.Name} has {option} 0", $"write {option}: 1, or more where switches are slow to learn");
}
