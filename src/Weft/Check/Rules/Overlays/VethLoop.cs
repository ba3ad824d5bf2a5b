// Veths are cables between bridges. Both ends in one bridge, or a second way between bridges that another veth joins already, are a loop: a
// broadcast goes round for ever. A bridge with a spanning tree breaks every loop that it is in, and the VLAN tables of a VLAN-aware one may keep two ways apart.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Veths make no circle of bridges.</summary>
public sealed class VethLoop() : Rule("veth-loop", Severity.Warning)
{
    public override string Why => "a second way between bridges, or both ends of a cable in one, is a loop, and without a spanning tree one broadcast fills it";

    public override string Bad => """
        veths:
          ve0: {peer: ve1}
          ve1: {peer: ve0}
          ve2: {peer: ve3}
          ve3: {peer: ve2}
          ve4: {peer: ve5}
          ve5: {peer: ve4}
        bridges:
          br0: {ports: [ve0, [|ve1|], ve2, ve4]}
          br1: {ports: [ve3, [|ve5|]]}
        """;

    public override string Good => """
        veths:
          ve0: {peer: ve1}
          ve1: {peer: ve0}
        bridges:
          br0: {ports: [ve0]}
          br1: {ports: [ve1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var ends = new Dictionary<string, Link>(StringComparer.Ordinal);
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var bridge in stack.Host.Of(LinkKind.Bridge).Where(bridge => bridge.Settings.Flag(BridgeLines.Stp) != true))
            foreach (var (entry, veth) in stack.PortsOf(bridge))
            {
                if (veth.Kind != LinkKind.Veth || veth.Settings.Word(VethLines.Peer) is not { } peer || !ends.TryAdd(veth.Name.Value, bridge) || !ends.TryGetValue(peer, out var other))
                    continue;
                if (other == bridge)
                    yield return At(entry.Name.Place, $"{bridge.Name} has {veth.Name} and its other end {peer} as ports", "leave one of the two out of the bridge");
                else if (!IsAware(bridge) && !IsAware(other) && !Join(bridge.Name.Value, other.Name.Value))
                    yield return At(entry.Name.Place, $"{veth.Name} joins {bridge.Name} with {other.Name} by {peer}, and other veths join them already", "leave it out of the bridge, or write stp: true on one of the two");
            }

        bool Join(string one, string another)
        {
            var (left, right) = (Root(one), Root(another));
            if (left != right)
                joined[right] = left;
            return left != right;
        }

        string Root(string name)
        {
            while (joined.TryGetValue(name, out var next))
                name = joined[name] = joined.GetValueOrDefault(next, next);
            return name;
        }
    }

    private static bool IsAware(Link bridge) => bridge.Settings.Flag(BridgeLines.VlanFiltering) == true;
}
