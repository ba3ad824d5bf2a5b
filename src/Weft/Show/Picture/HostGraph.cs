// A host as a graph: observed, with the state and the owner of everything; or of a file, with its guests plugged in and no
// state at all. Links that stand on each other in a circle, name each other twice or stand on nothing are taken as they are.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show.Picture;

internal static class HostGraph
{
    /// <summary>What a kernel holds.</summary>
    /// <param name="now">An observed host.</param>
    /// <param name="ledger">What is ours, in this epoch.</param>
    public static Graph Live(Host now, Ledger ledger)
    {
        var facts = new LinkFacts(now, ledger);
        return new(
            [.. now.Links.Select((link, at) => Of(link, at, facts) with { Condition = ConditionOf(link), Role = facts.RoleOf(link), Foreign = facts.IsForeign(link) })],
            [.. Edges(now, link => Foreign.IsGuests(link, now, ledger)).Distinct()])
            { Title = ledger.Last.Name, Live = true };
    }

    /// <summary>What a file declares.</summary>
    public static Graph Declared(Host file)
    {
        var facts = new LinkFacts(file, Ledger.Empty);
        var guests = file.Guests.ToList();
        var bridges = Positions(file);
        var cords = guests.SelectMany((guest, at) => guest.Nics.Select(nic => nic.Bridge?.Value).OfType<string>()
            .Where(bridges.ContainsKey).Select(bridge => new Edge(bridges[bridge], file.Links.Length + at, Plugged: true)));
        return new(
            [.. file.Links.Select((link, at) => Of(link, at, facts)), .. guests.Select(Of)],
            [.. Edges(file, _ => false).Concat(cords).Distinct()])
            { Title = file.Name };
    }

    private static Box Of(Link link, int at, LinkFacts facts) =>
        new(link.Name.Value, link.Kind.Word, facts.Of(link)) { Order = at, VlanId = link.Kind == LinkKind.Vlan ? link.Settings.Number(VlanLines.Id) : null };

    private static Box Of(Guest guest) => new(guest.Name.Value, "guest",
    [
        new(Topic.Name, guest.Name.Value, Tone.Name), new(Topic.Kind, "guest"),
        .. guest.Nics.SelectMany(nic => nic.Addresses).Select(address => new Fact(Topic.Address, address.ToString())),
    ]);

    private static Condition ConditionOf(Link link) =>
        link.Settings.Flag(Table.Up) != true ? Condition.Down : link.State?.Carrier == false ? Condition.NoCarrier : Condition.Carries;

    private static IEnumerable<Edge> Edges(Host host, Func<Link, bool> isGuests)
    {
        var positions = Positions(host);
        for (var at = 0; at < host.Links.Length; at++)
        {
            var link = host.Links[at];
            foreach (var name in Lowers(link))
                if (positions.TryGetValue(name, out var lower))
                    yield return link.Kind == LinkKind.Bridge && IsPlugged(host.Links[lower], isGuests) ? new(at, lower, Plugged: true) : new(lower, at);
            // A master of a kind that has no ports for Weft (a team) is named by its ports alone.
            if (link.State?.Master is { } master && positions.TryGetValue(master, out var upper) && !host.Links[upper].Kind.HasPorts)
                yield return new(at, upper);
        }
    }

    /// <summary>A guest's end, or a port of another kind that stands on nothing here.</summary>
    private static bool IsPlugged(Link port, Func<Link, bool> isGuests) => port.Kind.Section is null ? !Lowers(port).Any() : !port.Kind.HasPorts && isGuests(port);

    /// <summary>
    /// What a link stands on. A VLAN's lower link in another namespace has an index that means another link here, or none; a veth's
    /// other end is beside it and not below.
    /// </summary>
    private static IEnumerable<string> Lowers(Link link) =>
        link.Kind == LinkKind.Vlan && link.State?.PeerElsewhere == true ? []
        : link.Kind.Section is not null ? link.Lowers.Select(lower => lower.Value)
        : link.State is { Lower: { } lower, PeerElsewhere: false } && link.Kind.Word != "veth" ? [lower] : [];

    private static Dictionary<string, int> Positions(Host host)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < host.Links.Length; at++)
            positions.TryAdd(host.Links[at].Name.Value, at);
        return positions;
    }
}
