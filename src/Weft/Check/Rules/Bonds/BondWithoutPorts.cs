// A bond has carrier while one of its ports has (bond_set_carrier, bond_main.c): without ports it never has any, and nothing above it ever sends.

using Weft.Text;

namespace Weft.Check;

/// <summary>A bond has ports.</summary>
public sealed class BondWithoutPorts() : Rule("bond-without-ports", Severity.Warning)
{
    public override string Why => "a bond without ports never has carrier, and nothing that stands on it reaches anybody";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          [|bond0|]: {mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where bond.Ports.IsEmpty && !bond.Unread.Contains("ports")
        select At(bond.Name.Place, $"{bond.Name} has no ports", "add ports: with two NICs, or remove the bond");
}
