// For how long at most what a step interrupts stays away: from that step to the last one that makes it whole again, and then
// until the wire, the bond and the bridge on its way carry frames (BlinkTimes). It looks at the finished plan, for only that
// says what comes back; each step is reckoned for itself, also where several interrupt the same thing.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

/// <summary>Reckons the blinks of a plan.</summary>
/// <param name="now">What is observed.</param>
/// <param name="next">What is wanted.</param>
/// <param name="world">The host as it will be after the last step.</param>
/// <param name="steps">The plan.</param>
/// <param name="lost">The routes that went by themselves, and the step that took them.</param>
internal sealed class Blinks(Host now, Host next, World world, IReadOnlyList<Step> steps, IEnumerable<(Route Route, int At)> lost)
{
    /// <summary>What leads to a link: the last step that touches it, -1 where none does, and how long it waits after that; null where it stays away.</summary>
    private sealed record Way(int Last, int? Wait);

    private readonly Dictionary<string, Way> ways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> touched = Touched(steps);
    private readonly HashSet<string> interrupted = steps.SelectMany(step => step.Disturbs).Where(one => one.Kind is Disturbed.Blink or Disturbed.Gone).Select(one => one.Object).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> restarted = steps.Where(step => !LeavesBridge(step, now)).SelectMany(step => step.Disturbs).Select(one => one.Object).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> opened = steps.OfType<Step.OfLink>().Where(step => step.Settings.Flag(Table.Up) == true).Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
    private readonly ILookup<int, Route> lost = lost.ToLookup(one => one.At, one => one.Route);
    private readonly long[] spent = [.. steps.Aggregate(new List<long> { 0 }, (sums, step) => { sums.Add(sums[^1] + BlinkTimes.Of(step)); return sums; })];

    private readonly ILookup<string, Route> routes = now.Routes.SelectMany(route => route.Links.Select(link => (link, route))).ToLookup(pair => pair.link, pair => pair.route, StringComparer.Ordinal);

    private readonly ILookup<IPAddress, Piece> holders = world.All.SelectMany(piece => piece.Addresses.Select(address => (address.Address, piece))).ToLookup(pair => pair.Address, pair => pair.piece);

    private readonly ILookup<IPAddress, int> given = steps.Select((step, at) => (Address: step switch
    {
        Step.OfAddress { Verb: not Verb.Remove } address => address.Address,
        Step.OfKept { Kept: { Kind: KeptKind.Address, Address: { } address } } => address,
        _ => null,
    }, at)).Where(pair => pair.Address is not null).ToLookup(pair => pair.Address!.Address, pair => pair.at);

    private readonly ILookup<(long, IpPrefix), (Route Route, int At)> led = steps.Select((step, at) => (Step: step as Step.OfRoute, at))
        .Where(pair => pair.Step is { Verb: not Verb.Remove }).ToLookup(pair => (pair.Step!.Route.Table, pair.Step.Route.To.Value), pair => (pair.Step!.Route, pair.at));

    private readonly ILookup<string, string> guests = next.Guests
        .SelectMany(guest => guest.Nics.Where(nic => nic.Bridge is not null).Select(nic => (Bridge: nic.Bridge!.Value, Guest: guest.Name.Value)))
        .ToLookup(pair => pair.Bridge, pair => pair.Guest, StringComparer.Ordinal);

    /// <summary>Whom the step disturbs, with times: the links that it was known to, and their addresses, routes and guests.</summary>
    public ImmutableArray<Disturbance> By(int at)
    {
        var step = steps[at];
        var links = step.Disturbs.Where(one => one.Kind is Disturbed.Blink or Disturbed.Gone && now.Find(one.Object) is not null).Select(one => one.Object).ToList();
        var all = step.Disturbs.Select(one => one.Kind == Disturbed.Blink ? one with { AtMostMs = Until(at, WayOf(one.Object)) } : one).ToList();
        if (step is Step.OfAddress { Verb: Verb.Remove } removed)
            all.AddRange(Address(at, removed.Link, removed.Address));
        foreach (var link in links)
            foreach (var address in now.Find(link)!.Addresses.Where(address => !address.Value.Address.IsIPv6LinkLocal))
                all.AddRange(Address(at, link, address.Value));
        var over = links.SelectMany(link => routes[link]).Concat(lost[at]);
        foreach (var route in (step is Step.OfRoute { Verb: Verb.Remove } gone ? over.Append(gone.Route) : over).DistinctBy(route => route.ToString(), StringComparer.Ordinal))
            all.AddRange(Returned(at, route));
        foreach (var bridge in links)
            foreach (var guest in guests[bridge])
                if (!all.Exists(one => one.Object == guest && links.TrueForAll(link => link != guest)))
                    all.Add(new(guest, Disturbed.Blink, step is Step.OfLink { Verb: Verb.Remove } own && own.Name == bridge ? null : Until(at, WayOf(bridge)))); // A bridge that goes lets the guest's NIC go.
        return [.. all];
    }

    /// <summary>An address that some link has at the end, if not this one.</summary>
    private IEnumerable<Disturbance> Address(int at, string link, IpPrefix address)
    {
        if (holders[address.Address].FirstOrDefault() is not { } holder)
            yield break;
        // Neighbours go on sending to the MAC that they know the address by, for as long as they like.
        var way = now.Find(link)?.Settings.Word(Table.Mac) is { Length: > 0 } known && known == holder.Mac ? WayOf(holder.Name) : new Way(-1, null);
        var asked = address.Is6 && given[address.Address].Any() ? Delays.DuplicateAddress : 0;
        yield return new($"{address} dev {link}", Disturbed.Blink, Until(at, way with { Last = Math.Max(way.Last, Later(given[address.Address], at)), Wait = way.Wait + asked }));
    }

    /// <summary>A route that is there at the end too, if over another link.</summary>
    private IEnumerable<Disturbance> Returned(int at, Route route)
    {
        var there = world.Routes.Find(other => other.Table == route.Table && other.To.Value == route.To.Value && RoutePlan.SameKey(other, route))
            ?? (route.To.Value.Is6 ? world.Routes.Find(other => other.Table == route.Table && other.To.Value == route.To.Value && other.EffectiveMetric == route.EffectiveMetric) : null);
        if (there is null)
            yield break;
        var way = there.Link is { } link ? WayOf(link.Value) : new Way(-1, 0);
        yield return new($"route {route}", Disturbed.Blink, Until(at, way with { Last = Math.Max(way.Last, Later(led[(there.Table, there.To.Value)].Select(one => one.At), at)) }));
    }

    private static int Later(IEnumerable<int> places, int at) => places.Where(place => place >= at).DefaultIfEmpty(-1).Max();

    private int? Until(int at, Way way) =>
        way.Wait is not { } wait ? null : (int)Math.Min(int.MaxValue, spent[Math.Max(way.Last, at) + 1] - spent[at] + wait);

    private Way WayOf(string name)
    {
        if (ways.TryGetValue(name, out var known))
            return known;
        ways[name] = new(-1, 0); // Should links stand in a circle, it is cut here.
        return ways[name] = Follow(name);
    }

    private Way Follow(string name)
    {
        if (world.Find(name) is not { Up: true } piece)
            return new(-1, null);
        var last = touched.GetValueOrDefault(name, -1);
        if (piece.Lower is { } lower)
            return After(last, WayOf(lower), 0);
        if (piece.Kind == LinkKind.Nic)
            return new(last, !restarted.Contains(name) ? 0 : Delays.Carrier + (Delays.HasWire(now.Find(name)) ? Delays.Negotiation : 0));
        if (!piece.Kind.HasPorts)
            return new(last, last < 0 ? 0 : Delays.Carrier);
        if (piece.Kind == LinkKind.Bond && FailsOver(piece))
            return new(-1, BlinkTimes.FailsOver(piece.Settings));
        var below = world.PortsOf(name).Where(port => next.Find(name)?.Ports.Any(declared => declared.Name.Value == port.Name) != false)
            .Select(port => WayOf(port.Name)).Where(way => way.Wait is not null).ToList();
        var lowest = below.Count == 0 ? new Way(-1, 0) : new(below.Max(way => way.Last), below.Max(way => way.Wait));
        return After(last, lowest, piece.Kind == LinkKind.Bond ? BlinkTimes.Returns(piece.Settings, opened.Contains(name)) : BlinkTimes.Listens(piece.Settings, world.IsNew(name)));
    }

    /// <summary>What stands on something that is touched waits for that first, then for itself.</summary>
    private static Way After(int last, Way below, int own) =>
        last < 0 && below.Last < 0 ? below
        : new(Math.Max(last, below.Last), below.Wait is { } wait ? Math.Max(wait, Delays.Carrier) + own : null);

    /// <summary>Whether a bond keeps a port throughout, and only loses others: then it is not down for as long as those are.</summary>
    private bool FailsOver(Piece bond) =>
        now.Find(bond.Name) is { } was && !steps.OfType<Step.OfLink>().Any(step => step.Name == bond.Name && (step.Verb is not Verb.Set || step.Settings.Flag(Table.Up) == false))
        && was.Ports.Any(port => !interrupted.Contains(port.Name.Value) && now.Find(port.Name.Value)?.State?.Carrier == true && world.Find(port.Name.Value) is { Up: true } stays && stays.Master == bond.Name);

    /// <summary>A bridge leaves a port as it is; a bond takes it down.</summary>
    private static bool LeavesBridge(Step step, Host now) =>
        step is Step.OfLink { Verb: Verb.Set } link && link.Settings.Has(Table.Master) && !link.Settings.Has(Table.Up) && now.Find(link.Name)?.State?.Master is { } master && now.Find(master)?.Kind == LinkKind.Bridge;

    private static Dictionary<string, int> Touched(IReadOnlyList<Step> steps)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < steps.Count; at++)
            if ((steps[at] switch
            {
                Step.OfLink { Sends: true } link => link.Name,
                Step.OfVlans { Verb: Verb.Add } vlans => vlans.Link,
                Step.OfKept { Kept.Upper: { } upper } => upper,
                _ => null,
            }) is { } name)
                last[name] = at;
        return last;
    }
}
