// IPv6 addresses, routes and settings on a link that does not speak IPv6: because the file says so (EACCES, addrconf_add_dev), or because
// its MTU is below IPv6's least (EINVAL, ipv6_add_dev), where the kernel keeps nothing of IPv6 on it.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>IPv6 addresses and routes stand on links that speak IPv6.</summary>
public sealed class Ipv6Off() : Rule("family-off", Severity.Error)
{
    public override string Why => "the kernel refuses an IPv6 address on a link where IPv6 is off, and there is no IPv6 below an MTU of 1280";

    public override string Bad => """
        nics:
          eth0: {ipv6: false, addresses: [[|"2001:db8::5/64"|]]}
          eth1: {mtu: 1200, accept_ra: [|0|]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: ["2001:db8::5/64"]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Sound.Where(link => stack.MasterOf(link) is null))
            if (link.Addresses.FirstOrDefault(address => address.Value.Is6) is { Value.Address: not null } address)
                if (link.Settings.Flag(Table.Ipv6) == false)
                    yield return At(address.Place, $"{link.Name} has the address {address}, and ipv6: false (line {link.Settings.PlaceOf(Table.Ipv6).Line})", "leave ipv6: false away, or the address");
                else if (stack.Mtu(link) is < Table.LeastMtuOfIpv6 and var mtu)
                    yield return At(address.Place, $"{link.Name} has the address {address}, and an MTU of {mtu}", $"give {link.Name} an MTU of {Table.LeastMtuOfIpv6} or more, or leave the address away");
        foreach (var vxlan in stack.Host.Of(LinkKind.Vxlan))
            if (VxlanLines.Is6(vxlan.Settings) && stack.LowerOf(vxlan) is { } carrier && carrier.Settings.Flag(Table.Ipv6) == false)
                yield return At(vxlan.Settings.PlaceOf(VxlanLines.Lower), $"{vxlan.Name} goes over IPv6, and over {carrier.Name}, which has ipv6: false (line {carrier.Settings.PlaceOf(Table.Ipv6).Line})", "leave ipv6: false away");
        foreach (var link in stack.Sound)
            if (link.Settings.FirstOrDefault(pair => pair.Key.Family == ConfLines.V6) is { Key: { } line, Value.Place: var place } && stack.Mtu(link) is < Table.LeastMtuOfIpv6 and var mtu)
                yield return At(place, $"{link.Name} has {line}, and an MTU of {mtu}", $"give {link.Name} an MTU of {Table.LeastMtuOfIpv6} or more, or leave {line} away");
        foreach (var route in stack.Host.Routes.Where(route => route.To.Value.Is6))
            foreach (var name in route.Links)
                if (stack.Host.Find(name) is { } way && way.Settings.Flag(Table.Ipv6) == false && !way.Addresses.Any(address => address.Value.Is6))
                    yield return At(route.Place, $"the route to {route.To} leads over {name}, which has ipv6: false (line {way.Settings.PlaceOf(Table.Ipv6).Line})", "leave ipv6: false away, or the route");
    }
}
