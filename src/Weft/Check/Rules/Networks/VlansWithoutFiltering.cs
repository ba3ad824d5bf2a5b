// The kernel keeps a bridge's VLAN tables whether it heeds them or not; without vlan_filtering it does not, and every port carries
// every VLAN. Nothing refuses such a file, and the guests it meant to keep apart are together.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>VLANs of ports mean something on a VLAN-aware bridge.</summary>
public sealed class VlansWithoutFiltering() : Rule("vlans-without-filtering", Severity.Warning)
{
    public override string Why => "a bridge without vlan_filtering keeps its ports' VLAN tables and heeds none: every port carries every VLAN";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: {eth0: {[|vlans|]: [5], pvid: 1}}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5], pvid: 1}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Flag(BridgeLines.VlanFiltering) != true && !bridge.Unread.Contains(BridgeLines.VlanFiltering.Name)
        let said = bridge.Ports.Select(port => port.Rest).Prepend(bridge.Rest).SelectMany(keys => keys).FirstOrDefault(key => key.Name.Value is "vlans" or "pvid")
        where said is not null
        // A vlan_filtering that is said to be off is where the mistake was made.
        select At(bridge.Settings.Has(BridgeLines.VlanFiltering) ? bridge.Settings.PlaceOf(BridgeLines.VlanFiltering) : said.Name.Place, $"{bridge.Name} has no vlan_filtering, and {said.Name} is said of {(bridge.Rest.Has(said.Name.Value) ? "it" : "its ports")}", $"write vlan_filtering: true in {bridge.Name} (line {bridge.Name.Place.Line}), or leave the VLANs out");
}
