// updelay and downdelay count rounds of the carrier poll. Without miimon there are none, and the kernel answers EPERM; with
// the ARP monitor they mean nothing either.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Delays need the carrier poll.</summary>
public sealed class DelayWithoutMiimon() : Rule("delay-without-miimon", Severity.Error)
{
    public override string Why => "updelay and downdelay are counted in polls of the carrier; without miimon the kernel refuses them (EPERM)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, updelay: [|200|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: 200}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Miimon(bond) == 0
        let delays = BondLines.Delays.Where(delay => bond.Settings.Number(delay) > 0).ToList()
        where delays.Count > 0
        // A miimon that is said to be 0 is where the mistake was made.
        select At(bond.Settings.PlaceOf(bond.Settings.Has(BondLines.Miimon) ? BondLines.Miimon : delays[0]),
            $"{bond.Name} has {string.Join(" and ", delays.Select(delay => $"{delay} {bond.Settings.Number(delay)}"))}, and miimon 0", "write miimon: 100, or remove the delays");
}
