// An allowance names a rule by its id, as findings print it.

using Weft.Text;

namespace Weft.Check;

/// <summary>What is allowed must be a rule.</summary>
public sealed class AllowUnknown() : Rule("allow-unknown", Severity.Warning, mayBeAllowed: false)
{
    public override string Why => "an allowance of a rule that there is not allows nothing, and whoever reads it believes that it does";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}   # weft: allow [|bond-without-monitor|] because the driver has no link state
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup}   # weft: allow bond-without-monitoring because the driver has no link state
        """;

    internal override IEnumerable<Finding> Look(Allowing allowing) =>
        from allowance in allowing.Unknown
        select At(allowance.Rule.Place, $"{Quote.Of(allowance.Rule.Value)} is no rule{Nearest.Hint(allowance.Rule.Value, Rules.All.Select(rule => rule.Id))}", "name the rule as its finding does, or remove the allowance");
}
