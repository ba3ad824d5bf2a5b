// Undo is a plan too: the host as it was before, wanted again. The same planner draws it, from what is observed after the
// failure; there is no second way back to keep right.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

public static class Undo
{
    /// <summary>The steps back to what the drawing observed, for everything that its file or the ledger's names.</summary>
    public static Drawn Plan(Drawing drawing, Observation now)
    {
        var (next, was, ledger, _) = drawing;
        var before = OwnAddresses.Of(was.Host, ledger.Last, next);
        var touched = Touched(drawing);
        var routes = RoutePlan.Wanted(next);
        // A link of a kind that no file declares is no wish: where it is gone, it comes back from what was kept of it.
        var wanted = new Host
        {
            NamesOfGone = before.NamesOfGone,
            Sysctls = before.Sysctls.Where(line => next.Sysctls.Has(line) || ledger.Last.Sysctls.Has(line)),
            Links = [.. before.Links.Where(link => touched.Contains(link.Name.Value) && (link.Kind.Section is not null || now.Host.Find(link.Name.Value) is not null)).Select(link => AsWish(Apart(link, before, ledger), before, now.Host.Find(link.Name.Value), next.Find(link.Name.Value) is not null || ledger.Last.Find(link.Name.Value) is not null))],
            Routes = [.. before.Routes.Where(route => route.Plain && route.Protocol != World.RouterAdvertisement && (route.Links.Any(touched.Contains) || routes.Any(other => RoutePlan.SameKey(other, route))))],
            Rules = [.. before.Rules.Where(rule => rule.Plain && (next.Rules.Any(rule.Satisfies) || ledger.Last.Rules.Any(rule.Satisfies)))],
        };
        // Everything that stands there now and stood not before was made by this change, and counts as ours for going again.
        var made = new Ledger
        {
            Epoch = now.Epoch,
            Last = next,
            Links = [.. now.Host.Links.Where(link => touched.Contains(link.Name.Value) && link.State is not null).Select(link => new OwnedLink(link.Name.Value, link.State!.Index, link.Kind.Word))],
            Firsts = new Host { Links = [.. before.Of(LinkKind.Nic)] },
        };
        return Planner.Plan(made, wanted, now, was);
    }

    /// <summary>The links that a change has to do with: what its file or the ledger's names, what stands on that, and the ports of all.</summary>
    public static HashSet<string> Touched(Drawing drawing)
    {
        var before = drawing.Now.Host;
        var touched = drawing.Next.Links.Concat(drawing.Ledger.Last.Links).SelectMany(link => link.Lowers.Select(lower => lower.Value).Append(link.Name.Value))
            .Concat(drawing.Next.Absent.Select(name => name.Value)).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        // And everything that stands on what was touched, of whatever kind, with its ports: it may have gone along, or its MTU may have fallen.
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var link in before.Links)
            {
                if (link.Below.Any(touched.Contains))
                    grown |= touched.Add(link.Name.Value);
                if (touched.Contains(link.Name.Value))
                    foreach (var port in link.Ports)
                        grown |= touched.Add(port.Name.Value);
            }
        }
        return touched;
    }

    /// <summary>Whether the two questions below, or <see cref="Meanwhile"/>, ask for a step; the rest of a plan the way back does without.</summary>
    public static bool AsksFor(Step step) => step.Verb == Verb.Remove || step.Disturbs.Any(one => one.Kind is Draft.Irreversible or Disturbed.Gone);

    /// <summary>
    /// Links that the change took away and no plan brings back: a veth or tap wanted absent, which Weft knows not how to make. What
    /// somebody else removed meanwhile is not among them.
    /// </summary>
    public static IEnumerable<Link> GoneForGood(Drawing drawing, Host now)
    {
        var taken = drawing.Plan.Steps.Where(step => step.Verb == Verb.Remove).SelectMany(step => step.Disturbs.Select(other => other.Object).Append(step.Object)).ToHashSet(StringComparer.Ordinal);
        return drawing.Now.Host.Links.Where(link => taken.Contains(link.Name.Value) && now.Find(link.Name.Value) is null);
    }

    /// <summary>What hung on links, could not come back, and was let go by force: a MACVTAP of a guest elsewhere, an XDP program.</summary>
    public static IEnumerable<Kept> EndedForGood(Drawing drawing, Host now)
    {
        var ended = drawing.Plan.Steps.SelectMany(step => step.Disturbs).Where(one => one.Kind == Draft.Irreversible).Select(one => one.Object).ToHashSet(StringComparer.Ordinal);
        return drawing.Now.Host.Kept.Where(thing => thing.Irreversible is not null && ended.Contains(thing.Words) && !now.Kept.Contains(thing));
    }

    /// <summary>Nexthop objects that the kernel would not take now, because their links have no carrier yet.</summary>
    public static IEnumerable<Kept> WithoutCarrier(Drawing drawing, Host now)
    {
        var there = now.Kept.Where(thing => thing.Nexthop is not null).ToHashSet();
        return drawing.Now.Host.Kept.Where(thing => thing.Nexthop is not null && !there.Contains(thing) && now.Find(thing.Link) is not null).DistinctBy(thing => thing.Words, StringComparer.Ordinal);
    }

    /// <summary>A bond's port with the MAC that it came with: the one that it has is the bond's, which lends it again.</summary>
    private static Link Apart(Link link, Host before, Ledger ledger) =>
        link.State is { Master: { } master, IdentityMac: { } known } && before.Find(master)?.Kind == LinkKind.Bond
            ? link with { Settings = link.Settings.With(Table.Mac, Value.Of(ledger.Last.Find(link.Name.Value)?.Settings.Word(Table.Mac) is { } said and not "default" ? said : known)) }
            : link;

    /// <summary>
    /// An observed link as a file would declare it, everything said outright. One that neither file declares keeps its state: it says what it
    /// stands on, and that the link is somebody's.
    /// </summary>
    private static Link AsWish(Link link, Host before, Link? present, bool isOurs)
    {
        var settings = link.Settings.Where(attribute => attribute.Kinds.IsEmpty || attribute.Home == Home.Hardware || attribute.Kinds.Contains(link.Kind));
        if (link.Kind == LinkKind.Bond)
            settings = settings.Where(attribute => attribute.IsTaken(link.Settings));
        // A MAC that only ever followed the ports goes on following, unless this change set one by hand: then it is put back by hand.
        // The zeros of a bridge that its last port left are what no kernel takes: they stay whatever the change made of them.
        if (settings.Word(Table.Mac) == World.NoMac || (link.Kind != LinkKind.Nic && link.State?.MacIsSet != true && present?.State?.MacIsSet != true))
            settings = settings.Without(Table.Mac);
        return new Link(At.Nowhere(link.Name.Value), link.Kind) { Settings = settings, Ports = [.. before.FirstPortFirst(link, link.Ports).Select(port => port with { Settings = port.Settings.Where(line => !BridgePortLines.IsBySpeed(line, port.Settings.ValueOf(line))) })], Vlans = link.Vlans, Addresses = link.Addresses, Lifetimes = link.Lifetimes, State = isOurs ? null : link.State };
    }
}
