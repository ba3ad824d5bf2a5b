// Which default routes of others a change takes away for good. A plan says of a route that it goes, or of a link that it goes,
// becomes a port, which leads nowhere, or is to be down or without IPv6.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Reach;

internal sealed class Leaving
{
    private readonly HashSet<string> links;
    private readonly HashSet<string> silent6;
    private readonly List<Route> routes;

    private Leaving(HashSet<string> links, HashSet<string> silent6, List<Route> routes) => (this.links, this.silent6, this.routes) = (links, silent6, routes);

    public static Leaving Of(Host next, IReadOnlyList<Step> steps)
    {
        var going = next.Links.SelectMany(link => link.Ports).Select(port => port.Name.Value)
            .Concat(next.Links.Where(link => link.Settings.Flag(Table.Up) == false).Select(link => link.Name.Value))
            .Concat(steps.OfType<Step.OfLink>().Where(step => step.Verb is Verb.Remove or Verb.Release && next.Find(step.Name) is null).Select(step => step.Name))
            .Concat(steps.SelectMany(step => step.Disturbs).Where(disturbance => disturbance.Kind == Disturbed.Gone).Select(disturbance => disturbance.Object));
        var back = steps.OfType<Step.OfRoute>().Where(step => step.Verb != Verb.Remove).Select(step => step.Route).ToList();
        var silent = steps.OfType<Step.OfLink>().Where(step => step.Settings.Flag(Table.Ipv6) == false).Select(step => step.Name);
        return new(going.ToHashSet(StringComparer.Ordinal), silent.ToHashSet(StringComparer.Ordinal),
            [.. steps.OfType<Step.OfRoute>().Where(step => step.Verb == Verb.Remove && !back.Exists(route => Same(route, step.Route))).Select(step => step.Route)]);
    }

    public bool Takes(Route route) => (route.Link is { } link && (links.Contains(link.Value) || (route.To.Value.Is6 && silent6.Contains(link.Value)))) || routes.Exists(gone => Same(gone, route));

    /// <summary>A route through the same next hop over the same link; its metric and table count for nothing here.</summary>
    private static bool Same(Route one, Route other) =>
        one.To.Value == other.To.Value && Equals(one.Via?.Value, other.Via?.Value) && one.Link?.Value == other.Link?.Value;
}
