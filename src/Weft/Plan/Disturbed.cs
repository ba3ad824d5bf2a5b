// Whom a step disturbs: the link itself, everything that stands on it, and the guests behind the bridges reached. Only what
// was there before the change can be disturbed by it.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed class Disturbed(Host now, Host next)
{
    private readonly ILookup<string, string> uppers = now.Links
        .SelectMany(link => link.Lowers.Select(lower => (Lower: lower.Value, Upper: link.Name.Value)))
        .ToLookup(pair => pair.Lower, pair => pair.Upper, StringComparer.Ordinal);

    public ImmutableArray<Disturbance> By(Step step)
    {
        if (step is not Step.OfLink { Sends: true, Verb: not Verb.Add } link || now.Find(link.Name) is not { } observed || observed.Settings.Flag(Table.Up) != true)
            return [];
        var goes = link.Verb is Verb.Remove or Verb.Release;
        if (!goes && link.Settings.Flag(Table.Up) != false && !link.Settings.Has(Table.Master))
            return [];
        if (!goes && link.Settings.Flag(Table.Up) != false && observed.State?.Master is null)
            return [];
        var reached = new List<string>();
        Reach(link.Name, reached);
        var guests = next.Guests.Where(guest => guest.Nics.Any(nic => nic.Bridge is { } bridge && reached.Contains(bridge.Value)));
        return
        [
            .. reached.Select((name, at) => new Disturbance(name, at == 0 && goes ? "goes" : "blinks")),
            .. guests.Select(guest => new Disturbance(guest.Name.Value, "blinks")),
        ];
    }

    private void Reach(string name, List<string> reached)
    {
        if (reached.Contains(name))
            return;
        reached.Add(name);
        foreach (var upper in uppers[name])
            Reach(upper, reached);
    }
}
