// The kernel stores a delay as a number of polls, rounding down: updelay 300 with miimon 200 becomes 200 (measured), and it
// changes again with miimon.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Delays are whole numbers of polls.</summary>
public sealed class DelayNotAMultiple() : Rule("delay-not-a-multiple", Severity.Warning)
{
    public override string Why => "the kernel keeps a delay as a number of polls and rounds it down, so the host never has the value written here";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 200, updelay: [|300|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: 300}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        let poll = Bonding.Miimon(bond)
        where poll > 0
        from delay in BondLines.Delays
        let asked = bond.Settings.Number(delay)
        where asked % poll > 0
        // One that nothing comes of is told for that.
        where delay != BondLines.PeerNotifDelay || !Bonding.NotifiesOnce(bond)
        select At(bond.Settings.PlaceOf(delay), $"{bond.Name} has {delay} {asked} with miimon {poll}, which makes it {asked - asked % poll}", $"write {asked - asked % poll} or {asked - asked % poll + poll}, or a miimon that divides {asked}");
}
