// With fail_over_mac the bond's MAC is the active port's, or goes to it: setting one is answered with success and does nothing
// (bond_set_mac_address).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond whose MAC follows its ports has none of its own.</summary>
public sealed class MacOfActivePort() : Rule("mac-of-active-port", Severity.Error)
{
    public override string Why => "with fail_over_mac the kernel takes a MAC for the bond without a word and does nothing";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, fail_over_mac: active, mac: [|"02:00:5e:00:00:10"|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, mac: "02:00:5e:00:00:10"}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where BondLines.MovesMac(bond.Settings) && bond.Settings.Word(Table.Mac) is { } mac && mac != "default"
        select At(bond.Settings.PlaceOf(Table.Mac), $"{bond.Name} has fail_over_mac {bond.Settings.Word(BondLines.FailOverMac)} and a MAC", "remove mac, or fail_over_mac");
}
