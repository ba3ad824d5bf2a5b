// An option that the kernel takes in any mode and heeds in some. It says nothing, so whoever wrote it believes that it works
// (measured: `xmit_hash_policy` in active-backup is accepted silently).

using Weft.Text;

namespace Weft.Check;

/// <summary>Options that do nothing in the bond's mode.</summary>
public sealed class OptionUselessInMode() : Rule("option-useless-in-mode", Severity.Warning)
{
    public override string Why => "the kernel takes this option in that mode and never looks at it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, xmit_hash_policy: [|layer3+4|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100, xmit_hash_policy: layer3+4}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from wrong in Bonding.Misplaced(bond)
        where !wrong.Option.RefusedElsewhere && !stack.Wiring.IsModeWrong(bond)
        select At(wrong.Place, $"{bond.Name} has mode {wrong.Mode}, in which {wrong.Option.Name} does nothing", $"remove it, or choose a mode that heeds it: {string.Join(", ", wrong.Option.Modes)}");
}
