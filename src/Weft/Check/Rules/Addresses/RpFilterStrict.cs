// Strict reverse path filtering on a second uplink. For a packet that arrives the kernel looks up the way back to its sender, from the address that it came
// for, by all rules but those of marks and incoming links (__fib_validate_source, net/ipv4/fib_frontend.c), and drops it where that way does not
// lead over the link. The way back over a default route of a larger metric, or of a table that only marks lead to, is never found. That of several nexthops
// is (fib_info_nh_uses_dev asks all of them), and that of a table whose rule says the link's own address.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>An uplink that answers do not leave by takes packets in by a loose filter.</summary>
public sealed class RpFilterStrict() : Rule("rp-filter-strict", Severity.Warning)
{
    public override string Why => "with rp_filter 1 the kernel drops what comes in by another link than the answer would leave by, and an uplink that is only a spare, or only for marked packets, is such a link";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {addresses: [198.51.100.5/24], rp_filter: [|1|]}
        routes:
          - {to: default, via: 198.51.100.1, metric: 100}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}
          eth1: {addresses: [198.51.100.5/24], rp_filter: 1}
        routes:
          - {to: default, via: 198.51.100.1, table: 81}
        rules:
          - {from: 198.51.100.5/32, table: 81}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var strict = stack.Host.Links.Where(link => link.Settings.Number(ConfLines.RpFilter) == 1 && stack.Host.TableOf(link.Name.Value) is null && stack.MasterOf(link) is null).ToList();
        if (strict.Count == 0 || stack.Host.Routes.Any(route => route.IsUnread) || !stack.Host.Unread.IsEmpty)
            yield break;
        var defaults = Defaults(stack.Host).ToList();
        foreach (var link in strict.Where(link => defaults.Exists(way => way.Links.Contains(link))))
            foreach (var address in link.Addresses.Where(address => !address.Value.Is6).Take(1))
                if (Back(stack.Host, defaults, address.Value.Address) is { } back && !back.Contains(link))
                    yield return At(link.Settings.PlaceOf(ConfLines.RpFilter), $"{link.Name} has rp_filter 1 and a default route, and answers from {address.Value.Address} leave by {back[0].Name}",
                        $"write rp_filter: 2, or a rule that sends what comes from {address.Value.Address} to a table whose default route leads over {link.Name}");
    }

    private sealed record Way(long Table, long Metric, IReadOnlyList<Link> Links);

    private static IEnumerable<Way> Defaults(Host host) =>
        host.Links.Where(link => link.Gateways.Any(gateway => gateway.Value.AddressFamily == AddressFamily.InterNetwork)).Select(link => new Way(host.TableOf(link.Name.Value) ?? Route.MainTable, 0, [link]))
            .Concat(host.Routes.Where(route => route.To.Value is { IsEverything: true, Is6: false }).Select(route => new Way(host.TableOf(route), route.EffectiveMetric, [.. route.Ways.Select(way => host.WayOf(route, way)).OfType<Link>()])));

    /// <summary>The links by which an answer from this address leaves to anywhere; null where the file has no way for it.</summary>
    private static IReadOnlyList<Link>? Back(Host host, List<Way> defaults, IPAddress from) =>
        host.Rules.Where(rule => rule is { Is6: false, To: null, Iif: null, Oif: null, Mark: null } && (rule.From is null || rule.From.Contains(from)))
            .OrderBy(rule => rule.Priority ?? 0).Select(rule => rule.Table.Value).Append(Route.MainTable)
            .Select(table => defaults.Where(way => way.Table == table && way.Links.Count > 0).MinBy(way => way.Metric)?.Links).FirstOrDefault(links => links is not null);
}
