// A router does not take its routes from routers: with forwarding on, accept_ra 1 counts as 0 (ipv6_accept_ra, include/net/ipv6.h). 2 means it in any case.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A link that forwards IPv6 takes router advertisements by accept_ra 2.</summary>
public sealed class AcceptRaForwarding() : Rule("accept-ra-forwarding", Severity.Warning)
{
    public override string Why => "on a link that forwards IPv6 the kernel takes no router advertisements unless accept_ra is 2, so addresses and default route that came by them run out";

    public override string Bad => """
        nics:
          eth0: {ipv6_forwarding: true, accept_ra: [|1|]}
        """;

    public override string Good => """
        nics:
          eth0: {ipv6_forwarding: true, accept_ra: 2}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        where link.Settings.Flag(ConfLines.Ipv6Forwarding) == true && link.Settings.Number(ConfLines.AcceptRa) == 1 && !ClientLines.Speaks6(link.Settings) && stack.Mtu(link) is null or >= Table.LeastMtuOfIpv6
        select At(link.Settings.PlaceOf(ConfLines.AcceptRa), $"{link.Name} has ipv6_forwarding and accept_ra 1", "write accept_ra: 2; or 0, where no router is to tell this host anything");
}
