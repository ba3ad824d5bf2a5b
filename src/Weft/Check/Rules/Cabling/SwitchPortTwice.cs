// A switch port takes one plug.

using Weft.Text;

namespace Weft.Check;

/// <summary>One port, one cable.</summary>
public sealed class SwitchPortTwice() : Rule("switch-port-twice", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a switch port takes one plug, so that one of the two entries describes another port";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        cabling:
          eth0: {switch: sw, port: Eth1/1}
          eth1: {switch: sw, port: [|Eth1/1|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        cabling:
          eth0: {switch: sw, port: Eth1/1}
          eth1: {switch: sw, port: Eth1/2}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from same in stack.Wiring.Cables.Where(cable => cable.Port is not null).GroupBy(cable => $"{cable.Switch} {cable.Port}", StringComparer.Ordinal)
        let first = same.First()
        from second in same.Skip(1)
        select At(second.Port!.Place, $"{second} and {first} (line {first.Nic.Place.Line}) are both in port {second.Port} of {second.Switch}", "correct the port, or the switch, of one of the two");
}
