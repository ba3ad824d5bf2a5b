// Routes in a table that nobody looks up. The kernel asks the tables that its rules name: local, main and default at the start, and a VRF's by the rule
// that comes with the first one (l3mdev). Where one rule looks up another table in vain, that may be the same mistake: see rule-table-empty.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A table with routes is looked up.</summary>
public sealed class TableWithoutRule() : Rule("table-without-rule", Severity.Warning)
{
    public override string Why => "the kernel looks up the tables that its policy rules name and no other: such a route is kept and never used";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        routes:
          - {to: [|0.0.0.0/0|], via: 192.0.2.2, table: 81}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        routes:
          - {to: 0.0.0.0/0, via: 192.0.2.2, table: 81}
        rules:
          - {from: 192.0.2.5/32, table: 81}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var (empty, unasked) = (Tables.Empty(stack), Tables.Unasked(stack));
        if (Tables.AreOne(empty, unasked, stack) && unasked.Count >= empty.Count)
            return [];
        return from route in unasked
               group route by new { Table = stack.Host.TableOf(route), route.To.Value.Is6 } into same
               let family = same.Key.Is6 ? 6 : 4
               select At(same.First().Place, $"the route to {same.First().To} is in the table {same.Key.Table}, which no IPv{family} rule looks up and no VRF has",
                   Tables.AreOne(empty, unasked, stack) ? $"write table: {empty[0].Table}, which the rule in line {empty[0].Place.Line} looks up" : $"add a rule with table: {same.Key.Table} (from: {(same.Key.Is6 ? "\"2001:db8::/32\"" : "192.0.2.0/24")}, say), or remove table");
    }
}
