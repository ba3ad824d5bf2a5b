// What cannot be while a link below is down by the file's own word: a VLAN does not come up over it (ENETDOWN,
// vlan_dev_open), so no bond can take that VLAN as a port, and no route can lead over it (fib_check_nh).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Routes and a bond's VLAN ports stand on links that are up.</summary>
public sealed class NeedsUp() : Rule("needs-up", Severity.Error)
{
    public override string Why => "over a link that is down the kernel takes no route, and a VLAN on it cannot come up, which a bond asks of its ports (ENETDOWN)";

    public override string Bad => """
        nics:
          eth0: {up: false}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24], gateway: [|192.0.2.1|]}
        """;

    public override string Good => """
        nics:
          eth0: {}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Sound)
        {
            if (Down(stack, link) is not { } down)
                continue;
            foreach (var gateway in link.Gateways.Where(_ => stack.MasterOf(link) is null))
                yield return At(gateway.Place, $"the gateway {gateway} is reached over {link.Name}, and {Say(down, link)}", Mend(down));
            foreach (var route in stack.Host.Routes.Where(route => route.Ways.Any(way => stack.Host.WayOf(route, way) == link)))
                yield return At(route.Place, $"the route {route.To} leads over {link.Name}, and {Say(down, link)}", Mend(down));
            if (link.Kind == LinkKind.Vlan && stack.LowerOf(link) is { } lower && Down(stack, lower) is { } below && stack.MasterOf(link) is { } master && master.Kind == LinkKind.Bond)
                yield return At(master.Ports.First(port => port.Name.Value == link.Name.Value).Name.Place, $"{master.Name} takes {link.Name} as a port, and {Say(below, link)}", Mend(below));
        }
    }

    private static string Say(Link down, Link link) => down == link ? "the file says that it is down" : $"{down.Name} below it is down";

    private static string Mend(Link down) => $"leave up: false of {down.Name} away (line {down.Settings.PlaceOf(Table.Up).Line}), or what needs it";

    /// <summary>The link that the file puts down and that keeps this one down; a bond brings its own ports up whatever the file says of them.</summary>
    private static Link? Down(Stack stack, Link link)
    {
        for (var at = link; at is not null && !stack.InCycle.Contains(at.Name.Value); at = at.Kind == LinkKind.Vlan ? stack.LowerOf(at) : null)
            if (at.Settings.Flag(Table.Up) == false)
                return at;
        return null;
    }
}
