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
        var downs = Downs(stack);
        if (downs.Count == 0)
            yield break;
        var routes = stack.Host.Routes.SelectMany(route => route.Ways.Select(way => stack.Host.WayOf(route, way)).OfType<Link>().Distinct().Select(link => (Over: link.Name.Value, Route: route))).ToLookup(pair => pair.Over, pair => pair.Route, StringComparer.Ordinal);
        foreach (var link in stack.Sound)
        {
            if (!downs.TryGetValue(link.Name.Value, out var down))
                continue;
            foreach (var gateway in link.Gateways.Where(_ => stack.MasterOf(link) is null))
                yield return At(gateway.Place, $"the gateway {gateway} is reached over {link.Name}, and {Say(down, link)}", Mend(down));
            foreach (var route in routes[link.Name.Value])
                yield return At(route.Place, $"the route {route.To} leads over {link.Name}, and {Say(down, link)}", Mend(down));
            if (link.Kind == LinkKind.Vlan && stack.LowerOf(link) is { } lower && downs.TryGetValue(lower.Name.Value, out var below) && stack.MasterOf(link) is { } master && master.Kind == LinkKind.Bond)
                yield return At(master.Ports.First(port => port.Name.Value == link.Name.Value).Name.Place, $"{master.Name} takes {link.Name} as a port, and {Say(below, link)}", Mend(below));
        }
    }

    private static string Say(Link down, Link link) => down == link ? "the file says that it is down" : $"{down.Name} below it is down";

    private static string Mend(Link down) => $"leave up: false of {down.Name} away (line {down.Settings.PlaceOf(Table.Up).Line}), or what needs it";

    /// <summary>Of each link that is kept down the one that the file puts down: itself, or a link below its VLANs. A bond brings its own ports up whatever the file says of them.</summary>
    private static Dictionary<string, Link> Downs(Stack stack)
    {
        var downs = new Dictionary<string, Link>(StringComparer.Ordinal);
        var all = stack.Sound.Where(link => link.Settings.Flag(Table.Up) == false).ToList();
        foreach (var down in all)
            downs[down.Name.Value] = down;
        for (var at = 0; at < all.Count; at++)
            foreach (var upper in stack.Uppers(all[at]).Where(upper => upper.Kind == LinkKind.Vlan && !stack.InCycle.Contains(upper.Name.Value)))
                if (downs.TryAdd(upper.Name.Value, downs[all[at].Name.Value]))
                    all.Add(upper);
        return downs;
    }
}
