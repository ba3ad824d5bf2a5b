// A VRF is a table with a name and passes no frames: no VLAN stands on it (VLAN_CHALLENGED), no MACVLAN (IFF_NO_RX_HANDLER), and it is nobody's port, another
// VRF's neither (all measured on 6.1). A VXLAN may be bound to it, and then looks its ends up in its table.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VRF is no port and carries no link.</summary>
public sealed class VrfCarriesNobody() : Rule("vrf-carries-nobody", Severity.Error)
{
    public override string Why => "a VRF passes no frames: the kernel takes it neither as a port nor below a VLAN or MACVLAN";

    public override string Bad => """
        nics: {eth0: {}}
        vrfs:
          red: {table: 10, ports: [eth0]}
        vlans:
          red.5: {link: [|red|], id: 5}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
        vrfs:
          red: {table: 10, ports: [eth0.5]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Sound
        where link.Kind != LinkKind.Vxlan
        from lower in link.Lowers
        let vrf = stack.Host.Find(lower.Value)
        where vrf is not null && vrf.Kind == LinkKind.Vrf
        select At(lower.Place, link.Kind.HasPorts ? $"{link.Name} has the VRF {vrf.Name} as a port" : $"{link.Name} stands on the VRF {vrf.Name}", "name the link itself that is in the VRF");
}
