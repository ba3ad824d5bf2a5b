// Each poll takes the bond's ports in turn, and where it finds something the RTNL lock (bond_mii_monitor, bond_main.c). A failover in active-backup waits for the next poll
// (measured: 70 to 90 ms with miimon 100).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Carrier is polled neither all the time nor hardly ever.</summary>
public sealed class MiimonExtreme() : Rule("miimon-extreme", Severity.Warning)
{
    public override string Why => "a failover waits for the next poll, so a long miimon is the outage of a pulled cable; one of few milliseconds costs processor time, and takes a link that flickers for one that failed";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: [|5000|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    private const long Least = 20, Most = 1000;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.ArpInterval(bond) == 0 && bond.Settings.Number(BondLines.Miimon) is ((> 0 and < Least) or > Most)
        select At(bond.Settings.PlaceOf(BondLines.Miimon), $"{bond.Name} polls its ports' carrier every {bond.Settings.Number(BondLines.Miimon)} ms", "write miimon: 100");
}
