// A bridge with STP sends BPDUs by its uplink. An edge port does not expect them: it stops being one, or is shut down at the first
// (BPDU guard, which most networks set on their edge ports).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No BPDUs towards an edge port.</summary>
public sealed class StpTowardsEdge() : Rule("stp-towards-edge", Severity.Warning)
{
    public override string Why => "a switch expects no BPDUs at an edge port, and with BPDU guard it shuts the port down at the first one";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], stp: [|true|]}
        cabling:
          eth0: {switch: sw, port: "1", edge: true}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], stp: true}
        cabling:
          eth0: {switch: sw, port: "1", edge: false}
        switches: {sw: {}}
        """;

    /// <summary>Where only some of its uplinks are edge ports, the odd ones are the mistake.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge && bridge.Settings.Flag(BridgeLines.Stp) == true
        let said = stack.Wiring.Leads(bridge).Where(lead => lead.Cable?.Edge is not null).ToList()
        let edges = said.Where(lead => lead.Cable!.Edge!.Value).ToList()
        where edges.Count > 0
        from place in edges.Count == said.Count ? [bridge.Settings.PlaceOf(BridgeLines.Stp)] : edges.Select(lead => lead.Cable!.Edge!.Place)
        select At(place, $"{bridge.Name} has stp, and the switch's port of {CabledBond.Names(edges)} is an edge port", $"write stp: false on {bridge.Name} (line {bridge.Name.Place.Line}), or make the port a normal one of the switch and write edge: false");
}
