// A lease on a VRF's port. dhcpcd knows one routing table and enters what it gets into main: the host would get a default route over a
// link whose packets are looked up elsewhere, and the VRF none.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Routes are leased where the main table counts.</summary>
public sealed class LeaseInVrf() : Rule("lease-in-vrf", Severity.Error)
{
    public override string Why => "dhcpcd enters the routes that it leases into the main table, where a VRF's port has no business";

    public override string Bad => """
        nics:
          eth0: {dhcp4: [|true|]}
        vrfs:
          red: {table: 10, ports: [eth0]}
        """;

    public override string Good => """
        nics:
          eth0: {dhcp4: true, dhcp_routes: false}
        vrfs:
          red: {table: 10, ports: [eth0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        let line = ClientLines.Families.FirstOrDefault(line => link.Settings.Flag(line) == true)
        where line is not null && link.Settings.Flag(ClientLines.Routes) != false
        let vrf = stack.Host.Of(LinkKind.Vrf).FirstOrDefault(vrf => vrf.Ports.Any(port => port.Name.Value == link.Name.Value))
        where vrf is not null
        select At(link.Settings.PlaceOf(line), $"{link.Name} has {line}: true and is a port of the VRF {vrf.Name}", "say dhcp_routes: false, and write the VRF's routes under routes; or take the link out of the VRF");
}
