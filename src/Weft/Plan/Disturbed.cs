// Whom a step disturbs: the link itself, everything that stands on it, the ports that a vanishing bridge leaves behind, the
// routes of others that lead over it, and the guests behind the bridges reached. Only what was there before the change can
// be disturbed by it, and what one step ended no later one disturbs.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed class Disturbed(Host now, Host next)
{
    private readonly ILookup<string, string> uppers = now.Links
        .SelectMany(link => Below(link).Select(lower => (Lower: lower, Upper: link.Name.Value)))
        .ToLookup(pair => pair.Lower, pair => pair.Upper, StringComparer.Ordinal);

    private readonly ILookup<string, Route> routes = now.Routes
        .Where(route => route.Link is not null && route.Protocol != Route.OurProtocol).ToLookup(route => route.Link!.Value, StringComparer.Ordinal);

    private readonly ILookup<string, string> guests = next.Guests
        .SelectMany(guest => guest.Nics.Where(nic => nic.Bridge is not null).Select(nic => (Bridge: nic.Bridge!.Value, Guest: guest.Name.Value)))
        .ToLookup(pair => pair.Bridge, pair => pair.Guest, StringComparer.Ordinal);

    private readonly HashSet<string> gone = new(StringComparer.Ordinal);

    /// <summary>Whom the step disturbs; to be asked of each step of a plan in turn.</summary>
    public ImmutableArray<Disturbance> By(Step step)
    {
        if (step is not Step.OfLink { Sends: true, Verb: not Verb.Add } link || now.Find(link.Name) is not { } observed)
            return [];
        var removed = link.Verb == Verb.Remove;
        var goes = removed && next.Find(link.Name) is null; // Made anew, it and what stands on it comes back.
        var isUp = observed.Settings.Flag(Table.Up) == true;
        if (!removed && (!isUp || !(link.Verb == Verb.Release || link.Settings.Flag(Table.Up) == false || (link.Settings.Has(Table.Master) && observed.State?.Master is not null))))
            return [];
        var found = new List<Disturbance>();
        Reach(observed, goes || link.Verb == Verb.Release ? "goes" : "blinks", goes, found);
        if (removed && observed.Kind.HasPorts)
            foreach (var port in observed.Ports.Where(port => next.Find(port.Name.Value) is null && found.TrueForAll(one => one.Object != port.Name.Value)))
                found.Add(new(port.Name.Value, "released"));
        if (goes)
            gone.UnionWith(found.Where(one => one.Kind == "goes").Select(one => one.Object));
        return [.. found.Concat(found.SelectMany(one => guests[one.Object]).Distinct(StringComparer.Ordinal).Select(guest => new Disturbance(guest, "blinks")).ToList())];
    }

    private void Reach(Link link, string kind, bool goes, List<Disturbance> found)
    {
        var name = link.Name.Value;
        if (gone.Contains(name) || found.Exists(one => one.Object == name))
            return;
        found.Add(new(name, kind));
        if (goes)
            found.AddRange(routes[name].Select(route => new Disturbance($"route {route}", "goes")));
        foreach (var upper in uppers[name].Select(now.Find).OfType<Link>())
        {
            // A tag goes with its lower link; a bond or bridge only loses a port.
            var along = goes && !upper.Kind.HasPorts;
            Reach(upper, along ? "goes" : "blinks", along, found);
        }
    }

    private static IEnumerable<string> Below(Link link)
    {
        var lowers = link.Lowers.Select(lower => lower.Value);
        return link.State?.Lower is { } lower ? lowers.Append(lower).Distinct(StringComparer.Ordinal) : lowers;
    }
}
