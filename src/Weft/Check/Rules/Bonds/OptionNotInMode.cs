// An option that the bond's mode does not have and the kernel refuses there (EACCES, "option not supported in mode",
// bond_opt_check_deps in bond_options.c). Bonding options are not set as one: what came before the refused one stays set.

using Weft.Text;

namespace Weft.Check;

/// <summary>Options that the kernel refuses in the bond's mode.</summary>
public sealed class OptionNotInMode() : Rule("option-not-in-mode", Severity.Error)
{
    public override string Why => "the kernel refuses this option in that mode (EACCES)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, lacp_rate: [|fast|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: fast}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from wrong in Bonding.Misplaced(bond)
        where wrong.Option.RefusedElsewhere && !stack.Wiring.IsModeWrong(bond)
        select At(wrong.Place, $"{bond.Name} has mode {wrong.Mode}, which has no {wrong.Option.Name}", $"remove it, or choose a mode that has it: {string.Join(", ", wrong.Option.Modes)}");
}
