// The rules, in the order of their names. The list itself is generated from the rule files.

using System.Collections.Immutable;

namespace Weft.Check;

/// <summary>Every rule.</summary>
public static partial class Rules
{
    public static readonly ImmutableArray<Rule> All = [.. Every()];

    public static Rule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);

    private static partial Rule[] Every();
}
