// A VLAN-aware bridge gives each new port its default_pvid (nbp_vlan_init, net/bridge/br_vlan.c); where that is 0 a port is in the VLANs that
// somebody puts it in, and in none until then. br_allowed_ingress drops every frame of such a port.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A port of a VLAN-aware bridge is in some VLAN.</summary>
public sealed class PortCarriesNothing() : Rule("port-carries-nothing", Severity.Warning)
{
    public override string Why => "with default_pvid 0 a port is in no VLAN but those it is given, and the bridge drops every frame of a port that is in none";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {vlan_filtering: true, default_pvid: 0, ports: {eth0: {vlans: [5]}, [|eth1|]: {}}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {vlan_filtering: true, default_pvid: 0, ports: {eth0: {vlans: [5]}, eth1: {pvid: 5}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var bridge in stack.Host.Of(LinkKind.Bridge))
        {
            if (bridge.Settings.Flag(BridgeLines.VlanFiltering) != true || bridge.Settings.Number(BridgeLines.VlanDefaultPvid) != 0)
                continue;
            var empty = bridge.Ports.Where(port => !port.IsUnread && port.Vlans is null or { Runs.IsEmpty: true }).ToList();
            if (empty.Count == bridge.Ports.Length && empty.Count > 0)
                yield return At(bridge.Settings.PlaceOf(BridgeLines.VlanDefaultPvid), $"{bridge.Name} has default_pvid 0, and none of its ports is given a VLAN", $"give them vlans or pvid ({empty[0].Name}: {{vlans: [2-4094]}}), or remove default_pvid");
            else
                foreach (var port in empty)
                    yield return At(port.Name.Place, $"{port.Name} is in no VLAN of {bridge.Name}, whose default_pvid is 0", "give it vlans: with those that it carries tagged, or pvid: with the one of its untagged frames");
        }
    }
}
