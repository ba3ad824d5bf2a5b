// Both ends of a veth in one bridge are a loop: what goes out at one port comes in at the other, and a broadcast goes round for ever.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A veth joins two things.</summary>
public sealed class VethLoop() : Rule("veth-loop", Severity.Warning)
{
    public override string Why => "both ends of a cable in one bridge are a loop, and without a spanning tree one broadcast fills it";

    public override string Bad => """
        veths:
          ve0: {peer: ve1}
          ve1: {peer: ve0}
        bridges:
          br0: {ports: [ve0, [|ve1|]]}
        """;

    public override string Good => """
        veths:
          ve0: {peer: ve1}
          ve1: {peer: ve0}
        bridges:
          br0: {ports: [ve0]}
          br1: {ports: [ve1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Flag(BridgeLines.Stp) != true
        from port in stack.PortsOf(bridge)
        where port.Link.Kind == LinkKind.Veth
        let before = bridge.Ports.TakeWhile(other => other != port.Entry).FirstOrDefault(other => Value.Of(other.Name.Value) == port.Link.Settings.ValueOf(VethLines.Peer))
        where before is not null
        select At(port.Entry.Name.Place, $"{bridge.Name} has {port.Link.Name} and its other end {before.Name} as ports", "leave one of the two out of the bridge");
}
