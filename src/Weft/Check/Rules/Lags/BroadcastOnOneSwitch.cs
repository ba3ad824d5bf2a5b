// Mode broadcast sends each frame by every port: it is for networks that have nothing in common. In one segment each frame arrives as often as
// there are ports (measured: 8 duplicates a ping), the sender's MAC flaps between them, and a bridge on the bond loses its guests.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A broadcasting bond's ports lead to networks of their own.</summary>
public sealed class BroadcastOnOneSwitch() : Rule("broadcast-on-one-switch", Severity.Warning)
{
    public override string Why => "every frame leaves by every port, and in one segment each receiver gets it several times";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|broadcast|], miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: broadcast, miimon: 100}
        cabling:
          eth0: {switch: red, port: "1"}
          eth1: {switch: blue, port: "1"}
        switches: {red: {}, blue: {}}
        """;

    /// <summary>In a group with LACP nothing passes at all: that is static-bond-on-lacp.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Wiring.Bonds
        where bond.Mode == BondLines.Broadcast && bond.OnLacp.Count == 0
        let same = bond.Meeting
        where same.Count > 0
        select At(bond.ModePlace, $"{bond.Bond.Name} has mode broadcast, and {CabledBond.Names(same)} end in one segment", $"give {bond.Bond.Name} mode: {BondLines.ActiveBackup}, or lead its ports to switches that are not joined");
}
