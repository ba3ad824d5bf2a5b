// DHCPv6 has no option for a router: the way out is told by router advertisements alone. A host with an address and no way is
// reached from its own network only, which looks well until somebody asks from elsewhere.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Beside DHCPv6 a router is listened to, or a gateway said.</summary>
public sealed class LeaseWithoutWay() : Rule("lease-without-way", Severity.Warning)
{
    public override string Why => "DHCPv6 gives addresses and no default route: that comes by router advertisements, or from the file";

    public override string Bad => """
        nics:
          eth0: {dhcp6: [|true|]}
        """;

    public override string Good => """
        nics:
          eth0: {dhcp6: true, ra: true}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        where link.Settings.Flag(ClientLines.Dhcp6) == true && link.Settings.Flag(ClientLines.Ra) != true && link.Settings.Flag(ClientLines.Routes) != false && stack.MasterOf(link) is null && !HasWay(stack.Host)
        select At(link.Settings.PlaceOf(ClientLines.Dhcp6), $"{link.Name} has dhcp6: true and nothing that leads out by IPv6", "add ra: true, or a gateway; or say dhcp_routes: false where there is to be none");

    private static bool HasWay(Model.Host host) =>
        host.Links.Any(link => link.Settings.Flag(ClientLines.Ra) == true || link.Gateways.Any(hop => hop.Value.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
        || host.Routes.Any(route => route.To.Value is { IsEverything: true, Is6: true });
}
