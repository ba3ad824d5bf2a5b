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
        from delay in BondLines.Delays
        where bond.Settings.Number(delay) > 0
        select At(bond.Settings.PlaceOf(delay), $"{bond.Name} has {delay} {bond.Settings.Number(delay)} and miimon 0", "add miimon: 100, or remove the delay");
}
