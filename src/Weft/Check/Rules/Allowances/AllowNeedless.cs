// An allowance outlives what it was for: the line was mended, or moved. Left there it waits for the next mistake.

using Weft.Text;

namespace Weft.Check;

/// <summary>What is allowed must be found there.</summary>
public sealed class AllowNeedless() : Rule("allow-needless", Severity.Warning, mayBeAllowed: false)
{
    public override string Why => "the rule finds nothing on that line, so the allowance only waits to hide the next mistake from whoever makes it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          # weft: allow [|bond-without-monitoring|] because the driver has no link state
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          # weft: allow bond-without-monitoring because the driver has no link state
          bond0: {ports: [eth0, eth1], mode: active-backup}
        """;

    internal override IEnumerable<Finding> Look(Allowing allowing) =>
        from allowance in allowing.Needless
        select At(allowance.Rule.Place, $"{allowance.Rule} finds nothing in line {allowance.Line}, or less than is allowed there", "remove the allowance, or put it on the line of the finding");
}
