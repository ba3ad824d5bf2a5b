// Links stand eight deep at most (MAX_NEST_DEV, __netdev_upper_dev_link): the ninth is refused with EMLINK, when it is made or
// when it takes the port that would make it so.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>No stack of links is more than eight deep.</summary>
public sealed class NestedTooDeep() : Rule("nested-too-deep", Severity.Error)
{
    public override string Why => "the kernel stacks eight links on each other and refuses the ninth (EMLINK)";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          v1: {link: eth0, id: 1}
          v2: {link: v1, id: 1}
          v3: {link: v2, id: 1}
          v4: {link: v3, id: 1}
          v5: {link: v4, id: 1}
          v6: {link: v5, id: 1}
          v7: {link: v6, id: 1}
          [|v8|]: {link: v7, id: 1}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          v1: {link: eth0, id: 1}
          v2: {link: v1, id: 1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        // Each round keeps the links that stand on one of the round before: after eight, those that are the ninth or more.
        var deep = stack.Sound.ToDictionary(link => link.Name.Value, StringComparer.Ordinal);
        for (var round = 1; round <= Stack.DeepestNest; round++)
            deep = deep.Values.Where(link => link.Lowers.Any(lower => deep.ContainsKey(lower.Value))).ToDictionary(link => link.Name.Value, StringComparer.Ordinal);
        return deep.Values.Where(link => !link.Lowers.Any(lower => deep.ContainsKey(lower.Value)))
            .Select(link => At(link.Name.Place, $"{link.Name} is the ninth link of a stack", "leave out a link below it"));
    }
}
