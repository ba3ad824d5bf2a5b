// A link that stands on itself by way of others. The kernel refuses the last step of building it (ELOOP, EPERM or EBUSY,
// by kind), when half of the stack is already changed; and it cannot be built in any order.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>No link may stand on itself.</summary>
public sealed class Cycle() : Rule("cycle", Severity.Error)
{
    public override string Why => "the kernel builds links bottom-up and refuses the step that would close a circle (ELOOP)";

    public override string Bad => """
        bonds:
          bond0: {ports: [[|bond0.5|]], miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from circle in stack.Cycles
        where !Circles.IsBridgeAndItsVlan(circle)
        let next = circle[circle.Length == 1 ? 0 : 1].Name.Value
        let step = circle[0].Lowers.First(lower => lower.Value == next)
        select At(step.Place, $"{circle[0].Name} stands on itself: {Chain(circle)}", "take one link out of the circle");

    private static string Chain(ImmutableArray<Link> circle) =>
        string.Join(" → ", (circle.Length > 8 ? [.. circle.Take(7).Select(link => link.Name.Value), $"({circle.Length - 7} more)"] : circle.Select(link => link.Name.Value)).Append(circle[0].Name.Value));
}
