// A VLAN of a bridge that is also a port of that bridge: the kernel answers EBUSY (net/bridge/br_if.c refuses a port that
// stands on the bridge). It is the smallest circle and people build it by habit, hence a rule with words of its own.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge's own VLAN is no port of it.</summary>
public sealed class VlanInItsOwnBridge() : Rule("vlan-in-its-own-bridge", Severity.Error)
{
    public override string Why => "a VLAN of a bridge is the host's own end in that VLAN; as a port it would feed the bridge its own frames, and the kernel refuses it (EBUSY)";

    public override string Bad => """
        vlans:
          br0.5: {link: br0, id: 5}
        bridges:
          br0: {ports: [[|br0.5|]]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          br0.5: {link: br0, id: 5}
        bridges:
          br0: {ports: [eth0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from circle in stack.Cycles
        where Circles.IsBridgeAndItsVlan(circle)
        let bridge = circle.First(link => link.Kind == LinkKind.Bridge)
        let vlan = circle.First(link => link.Kind == LinkKind.Vlan)
        select At(bridge.Ports.First(port => port.Name.Value == vlan.Name.Value).Name.Place, $"{vlan.Name} is a VLAN of {bridge.Name} and cannot be its port",
            $"take {vlan.Name} out of {bridge.Name}'s ports; its addresses work without");
}
