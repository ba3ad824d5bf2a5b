// The preferred source of an IPv4 route is one of the host's addresses of the route's own table, or of the host's main ones (fib_valid_prefsrc, EINVAL): those
// of a VRF's ports are in the VRF's table.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A route prefers a source of its own table.</summary>
public sealed class SourceElsewhere() : Rule("source-elsewhere", Severity.Error)
{
    public override string Why => "the addresses of a VRF's ports are in its table, and a route of another one may not send from them (EINVAL)";

    public override string Bad => """
        nics: {eth0: {addresses: [192.0.2.5/24]}, eth1: {addresses: [198.51.100.5/24]}}
        vrfs:
          red: {table: 10, ports: [eth0]}
        routes:
          - {to: [|203.0.113.0/24|], via: 198.51.100.1, link: eth1, src: 192.0.2.5}
        """;

    public override string Good => """
        nics: {eth0: {addresses: [192.0.2.5/24]}, eth1: {addresses: [198.51.100.5/24]}}
        vrfs:
          red: {table: 10, ports: [eth0]}
        routes:
          - {to: 203.0.113.0/24, via: 192.0.2.1, link: eth0, src: 192.0.2.5}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from route in stack.Host.Routes
        where route.Source is not null && !route.To.Value.Is6
        let owners = stack.Host.Links.Where(link => link.Addresses.Any(address => address.Value.Address.Equals(route.Source))).ToList()
        where owners.Count > 0 && owners.TrueForAll(owner => stack.Host.TableOf(owner.Name.Value) is { } table && table != stack.Host.TableOf(route))
        select At(route.Place, $"the route to {route.To} is in table {stack.Host.TableOf(route)} and sends from {route.Source}, an address of {owners[0].Name}, which is in table {stack.Host.TableOf(owners[0].Name.Value)}", "leave src: away, or say the table");
}
