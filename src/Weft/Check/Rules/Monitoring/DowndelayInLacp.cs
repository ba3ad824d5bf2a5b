// In 802.3ad a port whose carrier goes leaves the choice of ports at once (bond_slave_netdev_event, bond_update_slave_arr, bond_main.c), and a driver that then tells no speed takes it
// down without the delay. What LACP does is decided by the partner anyway. updelay is heeded.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A delay that LACP passes by is not relied upon.</summary>
public sealed class DowndelayInLacp() : Rule("downdelay-in-lacp", Severity.Advice)
{
    public override string Why => "in 802.3ad a port without carrier is taken out at once, whatever downdelay says; it only lets the bond tell later what happened";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, downdelay: [|200|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, updelay: 200}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.Lacp && Bonding.Miimon(bond) > 0 && bond.Settings.Number(BondLines.Downdelay) > 0
        select At(bond.Settings.PlaceOf(BondLines.Downdelay), $"{bond.Name} has mode 802.3ad and downdelay {bond.Settings.Number(BondLines.Downdelay)}", "remove it; updelay is the one that holds a port back");
}
