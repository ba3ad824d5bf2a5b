// Routing tables that are looked up and have no routes, and tables with routes that nobody looks up.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Check;

internal static class Tables
{
    /// <summary>RT_TABLE_DEFAULT, RT_TABLE_MAIN and RT_TABLE_LOCAL, which are looked up and filled in any case.</summary>
    private const long Default = 253, Local = 255;

    /// <summary>Whether one table is looked up in vain and one other in the same family never, so that the two were to be one.</summary>
    public static bool AreOne(IReadOnlyList<PolicyRule> empty, IReadOnlyList<Route> unasked, Stack stack) =>
        empty.Count > 0 && unasked.Count > 0 && empty.Select(rule => Name(rule.Table.Value, rule.Is6)).Distinct().Count() == 1
        && unasked.Select(route => Name(stack.Host.TableOf(route), route.To.Value.Is6)).Distinct().Count() == 1 && empty[0].Is6 == unasked[0].To.Value.Is6;

    /// <summary>Rules of tables without routes.</summary>
    public static IReadOnlyList<PolicyRule> Empty(Stack stack)
    {
        if (stack.Host.Rules.IsEmpty || IsHalfRead(stack))
            return [];
        var filled = stack.Host.Routes.Select(route => Name(stack.Host.TableOf(route), route.To.Value.Is6)).ToHashSet(StringComparer.Ordinal);
        var vrfs = Vrfs(stack);
        return [.. stack.Host.Rules.Where(rule => rule.Table.Value is not (>= Default and <= Local) && !filled.Contains(Name(rule.Table.Value, rule.Is6)) && !vrfs.Contains(rule.Table.Value))];
    }

    /// <summary>Routes of tables that no rule looks up.</summary>
    public static IReadOnlyList<Route> Unasked(Stack stack)
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
