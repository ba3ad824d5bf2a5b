// A policy rule that looks up a table without a route finds nothing there, and the next rule is asked as if it were not (fib_rules_lookup,
// net/core/fib_rules.c). The kernel fills local, main and a VRF's table itself. Where one table is looked up in vain and one other has routes that nobody
// looks up, the two are one mistake, on the side of which there is less: this rule speaks, or table-without-rule.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A table that is looked up has routes.</summary>
public sealed class RuleTableEmpty() : Rule("rule-table-empty", Severity.Warning)
{
    public override string Why => "a table without routes decides nothing: the kernel goes on to the next rule, and the packets take the way they would have taken anyway";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        rules:
          - {from: 192.0.2.0/24, table: [|81|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        routes:
          - {to: default, via: 192.0.2.1, table: 81}
        rules:
          - {from: 192.0.2.0/24, table: 81}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var (empty, unasked) = (Tables.Empty(stack), Tables.Unasked(stack));
        if (Tables.AreOne(empty, unasked, stack) && unasked.Count < empty.Count)
            return [];
        return from rule in empty
               group rule by new { rule.Table.Value, rule.Is6 } into same
               select At(same.First().Table.Place, $"the rule \"{same.First()}\" looks up the table {same.Key.Value}, in which there is no IPv{(same.Key.Is6 ? 6 : 4)} route",
                   Tables.AreOne(empty, unasked, stack) ? $"write table: {stack.Host.TableOf(unasked[0])}, in which line {unasked[0].Place.Line} puts a route that no rule looks up" : $"add a route with table: {same.Key.Value}, or leave the rule out");
    }
}
