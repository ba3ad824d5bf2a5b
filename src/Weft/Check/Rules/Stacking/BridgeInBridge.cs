// The kernel refuses a bridge as a port of a bridge ("Can not enslave a bridge to a bridge.", ELOOP, net/bridge/br_if.c).

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Bridges do not nest.</summary>
public sealed class BridgeInBridge() : Rule("bridge-in-bridge", Severity.Error)
{
    public override string Why => "the kernel refuses a bridge as a port of a bridge (ELOOP)";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0]}
          br1: {ports: [[|br0|]]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0]}
          br1: {ports: [eth1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge
        from port in stack.PortsOf(bridge)
        where port.Link.Kind == LinkKind.Bridge
        select At(port.Entry.Name.Place, $"{port.Link.Name} is a bridge and a port of the bridge {bridge.Name}", $"make one bridge of the two, with the ports of both");
}
