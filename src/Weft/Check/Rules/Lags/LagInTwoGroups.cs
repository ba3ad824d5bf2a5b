// Ports in two groups of one switch are two partners' ports to LACP (their keys differ, IEEE 802.1AX 6.3.5): one aggregator works and the other
// waits. To a static bond they are two ports of one segment, and its MAC flaps between them.

using Weft.Text;

namespace Weft.Check;

/// <summary>One bond, one group.</summary>
public sealed class LagInTwoGroups() : Rule("lag-in-two-groups", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch aggregates a group and no more: ports in two groups are two links to it, of which LACP uses one";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: [|Po2|], lacp: active}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from stray in stack.Wiring.Strays
        select At(stray.Odd.Cable!.Group!.Place, $"{stray.Bond.Bond.Name} has {stray.Odd.Nic.Name} in the group {stray.Odd.Cable.Group}, and {stray.Main.Nic.Name} in {stray.Main.Cable!.Group}",
            $"write group: {stray.Main.Cable.Group} and set the switch so, or make a bond of its own of the ports of {stray.Odd.Cable.Group}");
}
