// Observed routes and policy rules as a file says them: a plain default route as its link's `gateway`, every other one that
// an administrator put there (static, boot, ours, or adopted) under `routes` and `rules`. What the kernel, a router or a daemon put there is theirs.

using System.Net.Sockets;
using Weft.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.Show;

internal static class FileRoutes
{
    public static Host Into(Host file, Host now, Ledger known)
    {
        var adopted = RoutePlan.Wanted(known.Last);
        var ports = file.Links.Where(link => link.Kind.SpeaksForPorts).SelectMany(link => link.Ports).Select(port => port.Name.Value).ToHashSet(StringComparer.Ordinal);
        var ours = now.Routes.Where(route => route.Plain && route.Link is not null && route.Links.All(link => file.Find(link) is not null && !ports.Contains(link))
            && (RoutePlan.IsByHand(route.Protocol) || adopted.Exists(wish => RoutePlan.Satisfies(route, wish)))).ToList();
        var gateways = ours.Where(route => IsGateway(route, file)).GroupBy(route => (route.Link!.Value, route.To.Value.Is6)).Select(family => family.First()).ToList();
        return file with
        {
            Links = [.. file.Links.Select(link => link with { Gateways = [.. gateways.Where(route => route.Link == link.Name).Select(route => route.Via!)] })],
            Routes = [.. ours.Except(gateways).Select(route => AsSaid(route, file))],
            Rules = [.. now.Rules.Where(rule => rule.Plain && (RoutePlan.IsByHand(rule.Protocol) || known.Last.Rules.Any(rule.Satisfies)))],
        };
    }

    private static bool IsGateway(Route route, Host file) =>
        route.To.Value.IsEverything && route.Via is { } via && via.Value.AddressFamily == Family(route) && route.Table == (file.TableOf(route.Link!.Value) ?? Route.MainTable)
        && route.EffectiveMetric == (route.To.Value.Is6 ? 1024 : 0) && route.Source is null && route.Mtu is null && !route.OnLink;

    private static AddressFamily Family(Route route) => route.To.Value.Address.AddressFamily;

    /// <summary>Without what the kernel derives: the family's metric, and the scope that follows from having a next hop or none.</summary>
    private static Route AsSaid(Route route, Host file) => route with
    {
        IsTableSaid = route.Table != (file.TableOf(route.Link!.Value) ?? Route.MainTable),
        Table = route.Table == (file.TableOf(route.Link!.Value) ?? Route.MainTable) ? Route.MainTable : route.Table,
        Metric = route.EffectiveMetric == (route.To.Value.Is6 ? 1024 : 0) ? null : route.Metric,
        Scope = route.To.Value.Is6 || route.Scope == (route.Ways.All(way => way.Via is null) ? "link" : "global") ? null : route.Scope,
        Link = route.Nexthops.IsEmpty ? route.Link : null,
        Protocol = Route.OurProtocol,
        Raw = null,
    };
}
