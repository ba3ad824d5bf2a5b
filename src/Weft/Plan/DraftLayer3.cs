// The last phases: rules and routes, on links that stand and have their addresses. What a step took along and nobody asked to go comes back.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>Rules that are wanted and not there. None goes by itself; undoing brings back those that were removed.</summary>
    public void Rule()
    {
        foreach (var wanted in next.Rules.Concat(before?.Rules ?? []))
            if (!world.Rules.Exists(there => there == wanted || there.Satisfies(wanted)) && (wanted.Raw is null || !world.Rules.Exists(there => there.Words == wanted.Words)))
                Plan(new Step.OfRule(wanted.Raw is null ? Verb.Add : Verb.Restore, wanted, wanted.Place));
    }

    /// <summary>Whether a route can lead over its links: of several next hops the kernel takes all or none, and of IPv6 none over a link where that is off (EACCES).</summary>
    private bool Leads(Route route) => route.Links.All(link => link.Length == 0 || (world.Find(link) is { Up: true } piece && StandsForItself(piece) && Takes(piece, route.To.Value)));

    /// <summary>
    /// Whether what others had on a link comes back to it: it is no port, or the port that it was. A port that the file declares gives its addresses
    /// and routes up, and has them again only where an undo goes back to that.
    /// </summary>
    private bool StandsForItself(Piece piece) =>
        piece.Master is not { } master || world.VrfOf(piece) is not null || ((before is not null || intent.MasterOf(piece.Name) is null) && (before ?? now).Find(piece.Name)?.State?.Master == master);

    /// <summary>Whether a link is in the VRF that it was in, or in none as before: elsewhere its routes would lead from a table that is not its own.</summary>
    private bool IsWhereItWas(string link) => world.Find(link) is { } piece && World.VrfOf(before ?? now, link) == world.VrfOf(piece)?.Name;

    private static bool HasNextHop(Route route) => route.Ways.Any(way => way.Via is not null);

    /// <summary>The route without those of its ways whose link is not there (`on_missing: skip`); null where that is all of them.</summary>
    private Route? Trimmed(Route route)
    {
        var there = route.Ways.RemoveAll(way => way.Link is { } link && world.Find(link.Value) is null);
        return there.IsEmpty ? null : there.Length == route.Ways.Length ? route : route.Over(there);
    }

    public void Route()
    {
        var wanted = RoutePlan.Wanted(next);
        foreach (var said in wanted.OrderBy(HasNextHop).ThenByDescending(route => route.To.Value.Length))
        {
            if (Trimmed(said) is not { } route)
                continue;
            if (world.Routes.Exists(there => RoutePlan.Satisfies(there, route)))
                continue;
            // IPv6 keeps several routes of one metric side by side, as next hops of one another: the old one is taken away first.
            foreach (var old in world.Routes.Where(there => route.To.Value.Is6 && SamePlace(there, route) && !IsForeign(there, route) && !wanted.Exists(other => RoutePlan.Satisfies(there, other))).ToList())
                Plan(new Step.OfRoute(Verb.Remove, old, route.Place));
            // A route of a file that replaced another of the same file would undo it without a word: that is for the kernel to refuse.
            var replaces = world.Routes.Exists(there => RoutePlan.SameKey(there, route) && !(route.Place.IsSomewhere && wanted.Exists(other => RoutePlan.Satisfies(there, other))));
            Lead(replaces ? Verb.Set : Verb.Add, route, route.Place);
        }
        // A next hop must be reachable before the route that uses it: routes to links first, the more exact before the wider.
        foreach (var lost in (before ?? now).Routes.OrderBy(HasNextHop).ThenByDescending(route => route.To.Value.Length))
            if (!world.Routes.Exists(there => RoutePlan.SameKey(there, lost)) && !lastRoutes.Exists(own => RoutePlan.Satisfies(lost, own))
                && (lost.Nexthop is not { } hop || world.HasNexthop(hop)) && lost.Link is not null && Leads(lost) && lost.Protocol != World.RouterAdvertisement && lost.Links.All(IsWhereItWas))
                Lead(Verb.Restore, lost, Place.None);
        foreach (var link in heeded)
            PassOver(link, true, Place.None);
    }

    /// <summary>Links that pass over their IPv6 routes while they have no carrier, and are told not to until the routes stand.</summary>
    private readonly List<string> heeded = [];

    /// <summary>
    /// Adds a route. A next hop of IPv6 is looked up in the route's own table first, whatever the carrier, and then where any packet's way is
    /// (ip6_route_check_nh): there a link without carrier that says ipv6_ignore_routes_with_linkdown is passed over, and the next hop is not found
    /// (EHOSTUNREACH). A bond that was just made has no carrier yet; once the route stands, the kernel keeps it.
    /// </summary>
    private void Lead(Verb verb, Route route, Place place)
    {
        foreach (var link in route.Ways.Where(way => way is { Via.Value: { IsIPv6LinkLocal: false }, OnLink: false }).Select(way => way.Link?.Value).OfType<string>())
            if (route.To.Value.Is6 && world.Find(link) is { } piece && piece.Settings.Flag(ConfLines.Ipv6IgnoreRoutesWithLinkdown) == true && world.TableOf(link) != route.Table)
            {
                PassOver(link, false, place);
                heeded.Add(link);
            }
        Plan(new Step.OfRoute(verb, route, place));
    }

    private void PassOver(string link, bool on, Place place) =>
        Plan(new Step.OfLink(next.Find(link) is null ? Verb.Restore : Verb.Set, link, world.Find(link)!.Kind, Settings.Empty.With(ConfLines.Ipv6IgnoreRoutesWithLinkdown, Value.Of(on)), place));
}
