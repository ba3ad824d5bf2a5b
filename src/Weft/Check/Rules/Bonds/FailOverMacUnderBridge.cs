// With fail_over_mac: active the bond takes the MAC of each port that becomes active (bond_do_fail_over_mac, bond_main.c). A bridge that was given no MAC has the lowest of its
// ports' (br_stp_recalculate_bridge_id, br_stp_if.c) and changes with it; a bond announces its own addresses after a failover, and a bridge announces nothing.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge keeps its MAC when the bond below changes its own.</summary>
public sealed class FailOverMacUnderBridge() : Rule("fail-over-mac-under-bridge", Severity.Warning)
{
    public override string Why => "with fail_over_mac: active the bond's MAC changes at each failover and a bridge without a MAC of its own changes along: neighbours keep the old one for the bridge's addresses until they ask again";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, fail_over_mac: [|active|]}
        bridges:
          br0: {ports: [bond0], addresses: [192.0.2.5/24]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, fail_over_mac: active}
        bridges:
          br0: {ports: [bond0], mac: "02:00:5e:00:00:05", addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && Bonding.Mode(bond) == BondLines.ActiveBackup && bond.Settings.Word(BondLines.FailOverMac) == "active" && bond.Ports.Length > 1
        let bridge = Bonding.Senders(stack, bond).FirstOrDefault(link => link.Kind == LinkKind.Bridge && (!link.Addresses.IsEmpty || Bonding.IsLeased(link)) && !HasMac(link))
        where bridge is not null
        select At(bond.Settings.PlaceOf(BondLines.FailOverMac), $"{bond.Name} changes its MAC at a failover, and {bridge.Name}, which has addresses, changes along", $"give {bridge.Name} a mac: of its own, or {bond.Name} fail_over_mac: none");

    private static bool HasMac(Link bridge) => Stack.IsUnread(bridge, Table.Mac) || bridge.Settings.Word(Table.Mac) is not (null or "default");
}
