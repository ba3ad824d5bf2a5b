// `lacp` says how a group is agreed on, and without `group` there is none: whether the port is in one, nobody can tell. The rules about
// groups leave such a cable alone.

using Weft.Text;

namespace Weft.Check;

/// <summary>LACP is said of a group.</summary>
public sealed class LagHalfSaid() : Rule("lag-half-said", Severity.Warning)
{
    public override string Why => "LACP agrees on a group of ports, and without its name nobody can tell which ports are one group";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", lacp: [|active|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from cable in stack.Wiring.Cables
        where cable is { Lacp: not null, Group: null }
        select At(cable.Lacp!.Place, $"the cable of {cable} says lacp: {cable.Lacp} and no group", "add group: with the name of the switch's group, or remove lacp if it is a plain port");
}
