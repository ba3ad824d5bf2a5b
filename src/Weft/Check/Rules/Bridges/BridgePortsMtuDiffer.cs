// Ports of one bridge that carry frames of different sizes. The bridge takes the smallest MTU for itself (br_mtu_auto_adjust,
// net/bridge/br_if.c) and so do the host and its guests; what others send through it, from the larger port to the smaller, is dropped without
// a word (is_skb_forwardable, net/bridge/br_forward.c). Where the bridge's own MTU was said, bridge-mtu-above-port judges.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports of a bridge carry the same.</summary>
public sealed class BridgePortsMtuDiffer() : Rule("bridge-ports-mtu-differ", Severity.Warning)
{
    private const long Ethernet = 1500;

    public override string Why => "a bridge drops what is larger than the port that it should leave by and tells nobody, so large packets from the one port never reach the other";

    public override string Bad => """
        nics:
          eth0: {mtu: 9000}
          eth1: {mtu: [|1500|]}
        bridges:
          br0: {ports: [eth0, eth1]}
        """;

    public override string Good => """
        nics:
          eth0: {mtu: 9000}
          eth1: {mtu: 9000}
        bridges:
          br0: {ports: [eth0, eth1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge && bridge.Ports.Length > 1 && bridge.Settings.Number(Table.Mtu) is null && !Stack.IsUnread(bridge, Table.Mtu)
        let ports = stack.PortsOf(bridge).Where(port => stack.MasterOf(port.Link) == bridge).Select(port => new { port.Entry, port.Link, Mtu = MtuOf(stack, port.Link), Said = Said(stack, port.Link) }).Where(port => port.Mtu is not null).ToList()
        where ports.Exists(port => port.Mtu != ports[0].Mtu)
        let sizes = ports.GroupBy(port => port.Mtu).OrderBy(same => same.Count()).ThenByDescending(same => same.Any(port => port.Said is not null)).ThenBy(same => same.Key).ToList()
        let odd = sizes[0].First()
        let other = sizes[^1].First()
        select At(odd.Said ?? odd.Entry.Name.Place, $"{bridge.Name} has the ports {odd.Link.Name} with MTU {odd.Mtu} and {other.Link.Name} with {other.Mtu}",
            $"write mtu: {other.Mtu} there, or mtu: {Math.Min(odd.Mtu!.Value, other.Mtu!.Value)} on {bridge.Name} (line {bridge.Name.Place.Line}) where nobody behind it sends more");

    /// <summary>The MTU that the link will have; of a NIC of which the file says none, the one that Ethernet starts with (ether_setup).</summary>
    private static long? MtuOf(Stack stack, Link link)
    {
        if (stack.Mtu(link) is { } known)
            return known;
        var at = link;
        for (var depth = 0; at.Kind == LinkKind.Vlan && stack.LowerOf(at) is { } lower && depth <= Stack.DeepestNest; depth++)
            at = lower;
        return at.Kind == LinkKind.Nic && !Stack.IsUnread(at, Table.Mtu) && !Stack.IsUnread(link, Table.Mtu) ? Ethernet : null;
    }

    /// <summary>Where the MTU was said that the link has; null where it is a default.</summary>
    private static Place? Said(Stack stack, Link link)
    {
        var at = link;
        for (var depth = 0; !at.Settings.Has(Table.Mtu) && stack.LowerOf(at) is { } lower && depth <= Stack.DeepestNest; depth++)
            at = lower;
        return at.Settings.Get(Table.Mtu)?.Place;
    }
}
