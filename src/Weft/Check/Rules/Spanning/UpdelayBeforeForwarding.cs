// A switch port that takes part in the spanning tree listens and learns for 15 s each after its link comes up (IEEE 802.1D-1998 8.4, forward
// delay) and passes nothing meanwhile. The bond sees carrier at once; with one active port it goes back to it and everything is lost
// for half a minute. `updelay` makes it wait as long (bonding.rst, 12.2).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond waits until the switch's port forwards.</summary>
public sealed class UpdelayBeforeForwarding() : Rule("updelay-before-forwarding", Severity.Warning)
{
    /// <summary>Twice the usual forward delay, in ms.</summary>
    private const long Forwards = 30_000;

    public override string Why => "the switch's port passes nothing for 30 s after its link came up, and the bond uses it at once";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: [|200|]}
          bond1: {ports: [eth2, eth3], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1", edge: false}
          eth1: {switch: sw, port: "2", edge: false}
          eth2: {switch: sw, port: "3", edge: true}
          eth3: {switch: sw, port: "4", edge: [|false|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: 31000}
        cabling:
          eth0: {switch: sw, port: "1", edge: false}
          eth1: {switch: sw, port: "2", edge: false}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where BondLines.ActivePortModes.Contains(bond.Mode) && Bonding.Miimon(bond.Bond) > 0 && Bonding.Number(bond.Bond, BondLines.Updelay) < Forwards
        let waiting = bond.Leads.Where(lead => lead.Cable!.Edge is { Value: false }).ToList()
        where waiting.Count > 0
        let updelay = bond.Bond.Settings.Number(BondLines.Updelay)
        select At(updelay is null ? waiting[0].Cable!.Edge!.Place : bond.Bond.Settings.PlaceOf(BondLines.Updelay),
            $"{bond.Bond.Name} uses a port {(updelay is null or 0 ? "at once" : $"{updelay} ms after its link came up")}, and the switch's port of {CabledBond.Names(waiting)} waits for the spanning tree",
            $"make it an edge port of the switch (PortFast) and write edge: true, or write updelay: 31000 on {bond.Bond.Name}");
}
