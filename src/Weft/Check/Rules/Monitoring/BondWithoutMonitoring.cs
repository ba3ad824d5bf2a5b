// Modes 0 to 3 start without a monitor (miimon 0): a port whose cable is pulled stays in use, and there is no failover
// (measured: active-backup without miimon keeps sending into the dead port). Modes 4 to 6 start with miimon 100, and an
// explicit 0 ends that too.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond must notice a dead port.</summary>
public sealed class BondWithoutMonitoring() : Rule("bond-without-monitoring", Severity.Warning)
{
    public override string Why => "without a monitor the kernel never notices that a port lost its link, and keeps sending into it: a bond without failover";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          [|bond0|]: {ports: [eth0, eth1], mode: active-backup}
          bond1: {ports: [eth2, eth3], mode: 802.3ad, miimon: [|0|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
          bond1: {ports: [eth2, eth3], mode: 802.3ad}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Miimon(bond) == 0 && Bonding.ArpInterval(bond) == 0 && !Bonding.Misplaced(bond).Any(wrong => wrong.Option == BondLines.ArpInterval)
        // A delay without miimon is the same mistake, and an error of its own.
        where !(bond.Settings.Number(BondLines.Updelay) > 0 || bond.Settings.Number(BondLines.Downdelay) > 0)
        select At(bond.Settings.Has(BondLines.Miimon) ? bond.Settings.PlaceOf(BondLines.Miimon) : bond.Name.Place, $"{bond.Name} has neither miimon nor arp_interval", "add miimon: 100");
}
