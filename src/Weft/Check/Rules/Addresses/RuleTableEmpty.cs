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
    /// <summary>RT_TABLE_DEFAULT, RT_TABLE_MAIN and RT_TABLE_LOCAL, which are looked up and filled in any case.</summary>
    private const long Default = 253, Local = 255;

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
        var (empty, unasked) = (Empty(stack), Unasked(stack));
        if (AreOne(empty, unasked, stack) && unasked.Count < empty.Count)
            return [];
        return from rule in empty
               group rule by new { rule.Table.Value, rule.Is6 } into same
               select At(same.First().Table.Place, $"the rule \"{same.First()}\" looks up the table {same.Key.Value}, in which there is no IPv{(same.Key.Is6 ? 6 : 4)} route",
                   AreOne(empty, unasked, stack) ? $"write table: {stack.Host.TableOf(unasked[0])}, in which line {unasked[0].Place.Line} puts a route that no rule looks up" : $"add a route with table: {same.Key.Value}, or leave the rule out");
    }

    /// <summary>Whether one table is looked up in vain and one other in the same family never, so that the two were to be one.</summary>
    internal static bool AreOne(IReadOnlyList<PolicyRule> empty, IReadOnlyList<Route> unasked, Stack stack) =>
        empty.Count > 0 && unasked.Count > 0 && empty.Select(rule => Name(rule.Table.Value, rule.Is6)).Distinct().Count() == 1
        && unasked.Select(route => Name(stack.Host.TableOf(route), route.To.Value.Is6)).Distinct().Count() == 1 && empty[0].Is6 == unasked[0].To.Value.Is6;

    /// <summary>Rules of tables without routes.</summary>
    internal static IReadOnlyList<PolicyRule> Empty(Stack stack)
    {
        if (stack.Host.Rules.IsEmpty || IsHalfRead(stack))
            return [];
        var filled = stack.Host.Routes.Select(route => Name(stack.Host.TableOf(route), route.To.Value.Is6)).ToHashSet(StringComparer.Ordinal);
        var vrfs = Vrfs(stack);
        return [.. stack.Host.Rules.Where(rule => rule.Table.Value is not (>= Default and <= Local) && !filled.Contains(Name(rule.Table.Value, rule.Is6)) && !vrfs.Contains(rule.Table.Value))];
    }

    /// <summary>Routes of tables that no rule looks up.</summary>
    internal static IReadOnlyList<Route> Unasked(Stack stack)
    {
        if (stack.Host.Routes.IsEmpty || IsHalfRead(stack))
            return [];
        var asked = stack.Host.Rules.Select(rule => Name(rule.Table.Value, rule.Is6)).ToHashSet(StringComparer.Ordinal);
        var vrfs = Vrfs(stack);
        return [.. stack.Host.Routes.Where(route => stack.Host.TableOf(route) is var table and not (>= Default and <= Local) && !asked.Contains(Name(table, route.To.Value.Is6)) && !vrfs.Contains(table))];
    }

    private static string Name(long table, bool is6) => $"{table} {is6}";

    private static HashSet<long> Vrfs(Stack stack) => [.. stack.Host.Of(LinkKind.Vrf).Select(vrf => vrf.Settings.Number(VrfLines.RoutingTable) ?? 0)];

    /// <summary>Whether some finding has refused what might have been the route or the rule.</summary>
    private static bool IsHalfRead(Stack stack) =>
        !stack.Host.Unread.IsEmpty || stack.Host.Routes.Any(route => route.IsUnread) || stack.Host.Of(LinkKind.Vrf).Any(vrf => !vrf.Unread.IsEmpty);
}
