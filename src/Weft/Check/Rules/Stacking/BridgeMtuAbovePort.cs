// A bridge drops a frame that is larger than the port it should leave by (is_skb_forwardable, net/bridge/br_forward.c), and
// being no router it says so to nobody: small packets pass, large ones vanish. An MTU that was set by hand stays above the
// ports' for good.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge promises no larger frames than its ports carry.</summary>
public sealed class BridgeMtuAbovePort() : Rule("bridge-mtu-above-port", Severity.Warning)
{
    public override string Why => "a bridge drops what is larger than the port's MTU and tells nobody: pings pass, and large packets vanish";

    public override string Bad => """
        nics:
          eth0: {mtu: 1500}
        bridges:
          br0: {ports: [eth0], mtu: [|9000|]}
        """;

    public override string Good => """
        nics:
          eth0: {mtu: 9000}
        bridges:
          br0: {ports: [eth0], mtu: 9000}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge && bridge.Settings.Number(Table.Mtu) is not null
        let mtu = bridge.Settings.Number(Table.Mtu)!.Value
        let narrow = stack.PortsOf(bridge).Select(port => (port.Link, Mtu: stack.Mtu(port.Link))).Where(port => port.Mtu < mtu).OrderBy(port => port.Mtu).FirstOrDefault()
        where narrow.Link is not null
        select At(bridge.Settings.PlaceOf(Table.Mtu), $"{bridge.Name} has MTU {mtu}, and its port {narrow.Link.Name} carries {narrow.Mtu}", $"lower it to {narrow.Mtu}, or raise {narrow.Link.Name} (line {narrow.Link.Name.Place.Line})");
}
