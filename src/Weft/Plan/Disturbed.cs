// Which links a step disturbs: the link itself, everything that stands on it, the ports that a vanishing bridge leaves behind,
// and the routes of others that go with it. Only what was there before the change can be disturbed by it, and what an earlier
// step ended or took down no later one disturbs. For how long, and what addresses, routes and guests go along, is said once
// the plan is whole (Blinks).

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed class Disturbed(Host now, Host next, World world)
{
    public const string Blink = Disturbance.Blinks, Gone = Disturbance.Goes;

    private readonly ILookup<string, string> uppers = now.Links
        .SelectMany(link => link.Below.Select(lower => (Lower: lower, Upper: link.Name.Value)))
        .ToLookup(pair => pair.Lower, pair => pair.Upper, StringComparer.Ordinal);

    private readonly ILookup<string, Route> routes = now.Routes
        .Where(route => route.Protocol != Route.OurProtocol).SelectMany(route => route.Links.Select(link => (link, route))).ToLookup(pair => pair.link, pair => pair.route, StringComparer.Ordinal);

    private readonly HashSet<string> gone = new(StringComparer.Ordinal);

    /// <summary>Whom the step disturbs; to be asked of each step of a plan in turn, before the world has done it.</summary>
    public ImmutableArray<Disturbance> By(Step step)
    {
        if (step is not Step.OfLink { Sends: true, Verb: not Verb.Add } link || now.Find(link.Name) is not { } observed || world.Find(link.Name) is not { } piece)
            return [];
        var found = new List<Disturbance>();
        var removed = link.Verb == Verb.Remove;
        var goes = removed && next.Find(link.Name) is null; // Made anew, it and what stands on it comes back.
        if (!removed && !(Stood(observed) && (link.Verb == Verb.Release || link.Settings.Flag(Table.Up) == false || (link.Settings.Has(Table.Master) && (piece.Master is not null || (link.Settings.Word(Table.Master) is { } joined && world.Find(joined)?.Kind == LinkKind.Vrf))))))
        {
            foreach (var started in StartedAnew(link, piece))
                Reach(started, Blink, goes: false, found);
            return [.. found];
        }
        Reach(observed, goes || link.Verb == Verb.Release ? Gone : Blink, goes, found);
        if (removed && observed.Kind.HasPorts)
            foreach (var port in observed.Ports.Where(port => next.Find(port.Name.Value) is null && found.TrueForAll(one => one.Object != port.Name.Value)))
                found.Add(new(port.Name.Value, "released"));
        if (goes)
            gone.UnionWith(found.Where(one => one.Kind == Gone).Select(one => one.Object));
        return [.. found];
    }

    /// <summary>NICs with a wire that are given another MTU, by themselves or through their bond, or other rings and the like: most drivers start them anew for it.</summary>
    private IEnumerable<Link> StartedAnew(Step.OfLink step, Piece piece) =>
        NicLines.Restart(step.Settings) ? now.Find(piece.Name) is { } itself && Delays.HasWire(itself) && Stood(itself) ? [itself] : []
        : step.Settings.Number(Table.Mtu) is not { } mtu || mtu == piece.Mtu ? []
        : (piece.Kind == LinkKind.Bond ? world.PortsOf(piece.Name) : [piece]).Where(nic => nic.Kind == LinkKind.Nic)
            .Select(nic => now.Find(nic.Name)).OfType<Link>().Where(nic => Delays.HasWire(nic) && Stood(nic));

    /// <summary>Whether a link was up, and no step has taken it down yet.</summary>
    private bool Stood(Link link) => link.Settings.Flag(Table.Up) == true && world.Find(link.Name.Value)?.Up == true;

    private void Reach(Link link, string kind, bool goes, List<Disturbance> found)
    {
        var name = link.Name.Value;
        if (gone.Contains(name) || found.Exists(one => one.Object == name))
            return;
        found.Add(new(name, kind));
        if (goes && link.Kind == LinkKind.Veth && link.Settings.Word(VethLines.Peer) is { } end && now.Find(end) is { } peer)
            Reach(peer, kind, goes, found);
        if (goes)
            found.AddRange(routes[name].Select(route => new Disturbance($"route {route}", Gone)));
        foreach (var upper in uppers[name].Select(now.Find).OfType<Link>())
        {
            // A tag goes with its lower link; a bond or bridge only loses a port.
            var along = goes && !upper.Kind.HasPorts;
            if (along || Stood(upper))
                Reach(upper, along ? Gone : Blink, along, found);
        }
    }
}
