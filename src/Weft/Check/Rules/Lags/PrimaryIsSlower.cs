// While the primary is up the bond uses it, and returns to it whenever it comes back (bond_choose_primary_or_current, drivers/net/bonding/bond_main.c): of its speed
// the kernel asks with primary_reselect `better` alone, where a slower primary is not gone back to.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The primary is the fast port.</summary>
public sealed class PrimaryIsSlower() : Rule("primary-is-slower", Severity.Warning)
{
    public override string Why => "the bond uses its primary while that is up, and the faster port only waits";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: [|eth1|]}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
          eth1: {switch: sw, port: "2", speed: 1G}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
          eth1: {switch: sw, port: "2", speed: 1G}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where BondLines.Primary.Modes.Contains(Bonding.Mode(bond) ?? "") && !bond.Unread.Contains("ports") && !Stack.IsUnread(bond, BondLines.PrimaryReselect) && bond.Settings.Word(BondLines.PrimaryReselect) != "better"
        let nics = Speeds.Of(stack, bond)
        let primary = nics.Find(nic => nic.Name.Value == bond.Settings.Word(BondLines.Primary))
        where primary is not null
        let fastest = nics.MaxBy(nic => stack.Wiring.SpeedOf(nic))!
        where stack.Wiring.SpeedOf(primary) < stack.Wiring.SpeedOf(fastest)
        select At(bond.Settings.PlaceOf(BondLines.Primary), $"{bond.Name}'s primary {primary.Name} has {stack.Wiring.SpeedOf(primary)} Mbit/s, and {fastest.Name} {stack.Wiring.SpeedOf(fastest)}", $"write primary: {fastest.Name}");
}
