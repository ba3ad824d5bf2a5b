// Which probes a change asks. Each comes as a pair: how it is asked on the host as it is, and how on the host to come. A gateway
// is the same gateway behind another link; a NIC's carrier is the same carrier in a bond of another name.
// A link-local gateway is told from another's by the NICs beneath: every router may be fe80::1.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Reach;

/// <summary>One question, as it is asked before a change and after it.</summary>
/// <param name="Before">Null where the host as it is cannot be asked.</param>
/// <param name="After">How it will be asked.</param>
public sealed record Asked(Probe? Before, Probe After);

/// <summary>Finds the probes of a change.</summary>
public static class Probes
{
    /// <summary>The probes of a change: gateways, the file's `probes`, and each uplink's carrier and LACP partner. None twice.</summary>
    /// <param name="next">The file, with kernel names.</param>
    /// <param name="now">What is observed.</param>
    /// <param name="steps">What is done; a gateway of somebody else's whose route goes with them is not asked for.</param>
    public static ImmutableArray<Asked> Of(Host next, Host now, IReadOnlyList<Step> steps) =>
        [.. Gateways(next, now, steps).Concat(Declared(next)).Concat(Uplinks(next, now)).DistinctBy(asked => asked.After)];

    private static IEnumerable<Asked> Gateways(Host next, Host now, IReadOnlyList<Step> steps)
    {
        // What a client is to lease anew may come late, and be another.
        var leased = now.LeasedRoutes.Where(route => !steps.Any(step => step is Step.OfClient client && client.Link == route.Link?.Value));
        Gateway[] present = [.. now.Routes.Concat(leased).SelectMany(Defaults).Select(way => Of(way, now)).OfType<Gateway>()];
        Gateway[] wanted = [.. RoutePlan.Wanted(next).SelectMany(Defaults).Select(way => Of(way, next) ?? Of(way, now)).OfType<Gateway>()];
        foreach (var gateway in wanted)
            yield return new(Before(gateway, present, next, now), Probe.OfGateway(gateway.Address, gateway.Link, gateway.Place));
        var leaving = Leaving.Of(next, steps);
        foreach (var gateway in present.Where(other => !wanted.Any(own => own.Address.Equals(other.Address) && (!own.Address.IsIPv6LinkLocal || own.Link == other.Link)) && !leaving.Takes(other.Route)))
        {
            var probe = Probe.OfGateway(gateway.Address, gateway.Link);
            yield return new(probe, probe);
        }
    }

    /// <summary>How a gateway to come can be asked now: over the route that is there, else over an address of ours in its network.</summary>
    private static Probe? Before(Gateway wanted, IReadOnlyList<Gateway> present, Host next, Host now)
    {
        var known = present.Where(gateway => gateway.Address.Equals(wanted.Address)).ToList();
        var same = known.FirstOrDefault(gateway => gateway.Link == wanted.Link);
        if (same is null && wanted.Address.IsIPv6LinkLocal)
        {
            var beneath = Nics(next, wanted.Link);
            same = known.FirstOrDefault(gateway => Nics(now, gateway.Link).Overlaps(beneath));
        }
        else
            same ??= known.FirstOrDefault();
        return (same?.Link ?? OnLink(now, wanted.Address)) is { } link ? Probe.OfGateway(wanted.Address, link, wanted.Place) : null;
    }

    private static IEnumerable<Asked> Declared(Host next)
    {
        foreach (var entry in next.Probes)
        {
            var probe = entry.Ping is { } ping ? Probe.OfPing(ping, entry.Place)
                : entry is { Tcp: { } tcp, Port: { } port } ? Probe.OfTcp(tcp, port, entry.Place)
                : null;
            if (probe is not null)
                yield return new(probe, probe);
        }
    }

    private static IEnumerable<Asked> Uplinks(Host next, Host now)
    {
        foreach (var nic in next.Of(LinkKind.Nic).Where(nic => nic.Settings.Flag(Table.Up) != false))
        {
            var probe = Probe.OfCarrier(nic.Name.Value, nic.Name.Place);
            yield return new(now.Find(nic.Name.Value) is null ? null : probe, probe);
        }
        foreach (var bond in next.Of(LinkKind.Bond).Where(bond => IsLacp(bond) && bond.Settings.Flag(Table.Up) != false))
            foreach (var port in bond.Ports)
            {
                var master = now.Find(port.Name.Value)?.State?.Master is { } name ? now.Find(name) : null;
                yield return new(master is not null && IsLacp(master) ? Probe.OfPartner(port.Name.Value, master.Name.Value, port.Name.Place) : null,
                    Probe.OfPartner(port.Name.Value, bond.Name.Value, port.Name.Place));
            }
    }

    /// <summary>A next hop of a default route, with the link that leads to it.</summary>
    private sealed record Gateway(IPAddress Address, string Link, Place Place, Route Route);

    private static Gateway? Of((NextHop Way, Route Route) hop, Host host) =>
        hop.Way.Via?.Value is { } via && (hop.Way.Link?.Value ?? OnLink(host, via)) is { } link ? new(via, link, hop.Route.Place, hop.Route) : null;

    /// <summary>Every next hop of a default route.</summary>
    private static IEnumerable<(NextHop Way, Route Route)> Defaults(Route route) => route.To.Value.IsEverything ? route.Ways.Select(way => (way, route)) : [];

    private static bool IsLacp(Link bond) => bond.Kind == LinkKind.Bond && bond.Settings.Word(BondLines.Mode) == BondLines.Lacp;

    /// <summary>The link with an address in the same network, leased ones too; the longest prefix wins.</summary>
    private static string? OnLink(Host host, IPAddress address) =>
        host.Links.SelectMany(link => link.Addresses.Select(own => own.Value).Concat(link.State?.Leased ?? []).Where(own => own.Contains(address)).Select(own => (link, own.Length)))
            .OrderByDescending(found => found.Length).Select(found => found.link.Name.Value).FirstOrDefault();

    /// <summary>The NICs that a link stands on, itself if it is one.</summary>
    private static HashSet<string> Nics(Host host, string link)
    {
        var (nics, seen, open) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new Stack<string>([link]));
        while (open.TryPop(out var name))
            if (seen.Add(name))
            {
                var lowers = host.Find(name)?.Lowers.Select(lower => lower.Value).ToList() ?? [];
                if (lowers.Count == 0)
                    nics.Add(name);
                lowers.ForEach(open.Push);
            }
        return nics;
    }
}
