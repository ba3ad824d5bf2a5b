// While the primary is up, nobody asks for the ports' prio (bond_choose_primary_or_current, bond_main.c); the kernel logs that it "will not affect failover
// re-selection" and takes it. Below the primary, prio orders the others for when it is down, which is well.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The primary is the port with the largest prio.</summary>
public sealed class PrimaryAndPrio() : Rule("primary-and-prio", Severity.Warning)
{
    public override string Why => "the primary comes first whatever the ports' prio; this port is preferred only while the primary is down";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {}, eth1: {prio: [|10|]}}, mode: active-backup, miimon: 100, primary: eth0}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {}, eth1: {prio: 10}}, mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where BondLines.Primary.Modes.Contains(Bonding.Mode(bond) ?? "") && !bond.Unread.Contains("ports")
        let primary = bond.Ports.FirstOrDefault(port => port.Name.Value == bond.Settings.Word(BondLines.Primary))
        where primary is not null
        from port in bond.Ports
        where port.Settings.Number(BondPortLines.Prio) > (primary.Settings.Number(BondPortLines.Prio) ?? 0)
        select At(port.Settings.PlaceOf(BondPortLines.Prio), $"{port.Name} has prio {port.Settings.Number(BondPortLines.Prio)}, and {bond.Name}'s primary is {primary.Name}", $"remove prio, or primary: {primary.Name}");
}
