// A link and a VLAN of it in one bridge. The kernel takes it: it sees two ports. But what the bridge floods to both leaves
// by one cable twice, once tagged and once not, and what VLANs keep apart is one; any switch, or a second such host, that joins the two VLANs closes the loop.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge has a link or its VLAN, not both.</summary>
public sealed class LinkAndItsVlanInOneBridge() : Rule("link-and-its-vlan-in-one-bridge", Severity.Error)
{
    public override string Why => "both are the same cable: the bridge sends each broadcast out by it twice and mixes the two VLANs, which is a loop waiting for a switch";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
        bridges:
          br0: {ports: [eth0, [|eth0.5|]]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
        bridges:
          br0: {ports: [eth0.5]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge
        from port in stack.PortsOf(bridge)
        where port.Link.Kind == LinkKind.Vlan && stack.MasterOf(port.Link) == bridge
        let lower = stack.LowerOf(port.Link)
        where lower is not null && stack.MasterOf(lower) == bridge
        select At(port.Entry.Name.Place, $"{bridge.Name} has {lower.Name} and its VLAN {port.Link.Name} as ports", $"keep one of the two in {bridge.Name}");
}
