// A port that is not active drops what it receives, so that a flooded frame arrives once (bond_should_deliver_exact_match, bond_main.c). all_slaves_active lets it in: every broadcast comes once a
// port, and a guest's own comes back by the second, so that a bridge above learns the guest on the wrong side. In modes whose ports are all active it does nothing.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Inactive ports deliver nothing.</summary>
public sealed class AllSlavesActive() : Rule("all-slaves-active", Severity.Warning)
{
    public override string Why => "frames that a switch floods then arrive once for each port, and a bridge above learns its guests where their own frames come back";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, all_slaves_active: [|true|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where bond.Settings.Flag(BondLines.AllSlavesActive) == true && Bonding.Mode(bond) is (BondLines.ActiveBackup or BondLines.Lacp or BondLines.Tlb or BondLines.Alb)
        select At(bond.Settings.PlaceOf(BondLines.AllSlavesActive), $"{bond.Name} delivers what arrives at its inactive ports", "remove it, or write all_slaves_active: false");
}
