// A route over a port. The kernel would take it and send the frames past the master: onto the port's own wire and never to
// those that answer on the bond or bridge. So routes of a link go when it becomes a port.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>No route leads over a port.</summary>
public sealed class RouteOverPort() : Rule("route-over-port", Severity.Error)
{
    public override string Why => "a bond or bridge takes every frame that its port receives: an answer never comes back to a route over the port";

    public override string Bad => """
        nics:
          eth0: {}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, link: [|eth0|]}
        """;

    public override string Good => """
        nics:
          eth0: {}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        routes:
          - {to: 10.0.0.0/8, link: br0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from route in stack.Host.Routes
        from way in route.Ways.Select(hop => hop.Link)
        where way is not null
        let link = stack.Host.Find(way.Value)
        where link is not null
        let master = stack.MasterOf(link)
        where master is not null
        select At(way.Place, $"the route to {route.To} leads over {link.Name}, which is a port of {master.Name}", $"let it lead over {master.Name} (line {master.Name.Place.Line})");
}
