// What steps took along and nobody asked to go is put back: links that others stacked on ours, their VLANs, addresses,
// neighbours, forwarding and group entries, nexthops, qdiscs. What cannot be put back is said before anything is sent.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>The rule that forbids a step whose loss nobody could undo, unless it is forced.</summary>
    public const string Irreversible = "irreversible";

    private readonly HashSet<Kept> toldLost = [];
    private readonly Dictionary<Kept, int> lostAt = [];
    private readonly List<(Route Route, int At)> routesLostAt = [];

    /// <summary>What a step just done ends for good, as disturbances and findings.</summary>
    private ImmutableArray<Disturbance> GoneForGood(Step step, int lostBefore)
    {
        var gone = ImmutableArray.CreateBuilder<Disturbance>();
        foreach (var thing in world.Lost.Skip(lostBefore))
            lostAt[thing] = steps.Count;
        foreach (var thing in world.Lost.Skip(lostBefore).Where(thing => thing.Irreversible is not null && toldLost.Add(thing)))
        {
            gone.Add(new(thing.Words, Irreversible));
            findings.Add(Finding.Error(Irreversible, step.Place, $"this would end {thing.Words} for good: {StepText.Of(step)}", thing.Irreversible!,
                "let its owner take it away first, or go on with --force irreversible"));
        }
        return gone.ToImmutable();
    }

    /// <summary>A link of a kind that no file declares is made again from what is kept of it; one of which nothing is kept has gone for good.</summary>
    private void TellUnmakeable(Link gone)
    {
        var kept = now.Kept.FirstOrDefault(thing => thing.Kind == KeptKind.Link && thing.Upper == gone.Name.Value);
        if (before is not null || IsMakeable(gone.Kind) || kept is { Irreversible: null } || (kept is not null && !toldLost.Add(kept)))
            return;
        var why = kept?.Irreversible ?? $"Weft keeps nothing of a {gone.Kind} from which it could make it again, should the rest be refused{(gone.Kind.Word == "veth" ? "; its other end goes with it" : "")}";
        findings.Add(Finding.Error(Irreversible, steps[^1].Place, $"this would end {gone.Kind} {gone.Name} for good: {StepText.Of(steps[^1])}", why,
            $"take it away by hand first (ip link del {gone.Name}), or go on with --force irreversible"));
        steps[^1] = steps[^1] with { Disturbs = steps[^1].Disturbs.Add(new(gone.Name.Value, Irreversible)) };
    }

    /// <summary>A kind of which a link is made again from what the attribute table says of it, whoever made it first.</summary>
    private static bool IsMakeable(LinkKind kind) => kind.Section is not null && (kind.HasPorts || kind == LinkKind.Vlan || kind == LinkKind.Dummy);

    /// <summary>
    /// What was lost and not put back is said where it went: a neighbour on a link that became a port, a route over one that stays down. A
    /// link that goes is said already, and with it all that hangs on it.
    /// </summary>
    public void TellLosses()
    {
        foreach (var (thing, at) in lostAt)
            if (thing.Irreversible is null && thing.Kind is not (KeptKind.Link or KeptKind.Vlans) && !world.Holds(thing) && world.Find(thing.Link) is not null && !IsTakenAway(thing))
                Add(at, thing.Words);
        foreach (var (thing, at) in lostAt)
            if (thing is { Kind: KeptKind.Link, Irreversible: null, Upper: { } upper } && IsMissed(upper) && world.Find(thing.Link) is not null)
                Add(at, upper);
        foreach (var (route, at) in routesLostAt)
            if (route.Protocol != Weft.Model.Route.OurProtocol && route.Link is not null && route.Links.All(link => world.Find(link) is not null)
                && !lastRoutes.Exists(own => RoutePlan.Satisfies(route, own)) && !world.Routes.Exists(there => RoutePlan.SameKey(there, route)))
                Add(at, $"route {route}");
        for (var at = 0; at < steps.Count; at++)
            if (steps[at] is Step.OfLink step && step.Settings.Flag(Table.Ipv6) == false && now.Find(step.Name) is { } link && world.Find(step.Name) is { } silent)
                foreach (var address in Lent(link).Where(address => address.Is6 && !silent.Leased.Contains(address) && !silent.Addresses.Contains(address)))
                    Add(at, $"{address} dev {link.Name}");

        void Add(int at, string words) => steps[at] = steps[at] with { Disturbs = steps[at].Disturbs.Add(new(words, Disturbed.Gone)) };
    }

    /// <summary>What blinks, and for how long at most, now that it is known what comes back.</summary>
    public void TellBlinks()
    {
        if (!steps.Any(step => step.Verb == Verb.Remove || !step.Disturbs.IsEmpty) && routesLostAt.Count == 0)
            return; // Nothing is interrupted, in most plans.
        var blinks = new Blinks(now, next, world, Steps, routesLostAt);
        for (var at = 0; at < steps.Count; at++)
            if (blinks.By(at) is { IsEmpty: false } disturbs)
                steps[at] = steps[at] with { Disturbs = disturbs };
    }

    /// <summary>An address that a step names is no loss of its own.</summary>
    private bool IsTakenAway(Kept thing) =>
        (thing.Kind == KeptKind.Mark && IsFiles(thing)) || (thing.Kind == KeptKind.Address && (last.Find(thing.Link)?.Addresses.Any(ours => ours.Value == thing.Address) == true || world.Find(thing.Link)!.Addresses.Contains(thing.Address!)
            || steps.Any(step => step is Step.OfAddress { Verb: Verb.Remove } address && address.Link == thing.Link && address.Address == thing.Address)));

    /// <summary>A link that no file has or had a say in, and that is gone.</summary>
    private bool IsMissed(string upper) => world.Find(upper) is null && next.Find(upper) is null && last.Find(upper) is null && !IsAbsent(upper);

    /// <summary>Puts back what is lost of these kinds, in their order. A link may stand on another that was lost: so it is tried until nothing more comes.</summary>
    public void PutBack(params ImmutableArray<KeptKind> kinds)
    {
        foreach (var kind in kinds)
            for (var more = true; more;)
            {
                more = false;
                foreach (var thing in (before is null ? world.Lost : (IEnumerable<Kept>)before.Kept).Where(thing => thing.Kind == kind && !world.Holds(thing)).Distinct().ToList())
                    if (Returns(thing) && kind == KeptKind.Link)
                    {
                        MakeAgain(thing);
                        more = true;
                    }
                    else if (Returns(thing))
                        Plan(new Step.OfKept(thing));
            }
    }

    /// <summary>On the way back: what is kept of a link that stands on another and is somebody's. It says more than a wish could.</summary>
    private Kept? Theirs(Link link) =>
        link.State is null ? null : before?.Kept.FirstOrDefault(thing => thing is { Kind: KeptKind.Link, Message: not null, Irreversible: null } && thing.Upper == link.Name.Value);

    /// <summary>Makes somebody's link again, with IPv6 where it had that: what is kept of it does not say so, and new links have what the default is.</summary>
    private void MakeAgain(Kept thing)
    {
        if ((before ?? now).Find(thing.Upper!)?.Settings.Flag(Table.Ipv6) is { } ipv6)
            NewLinksIpv6(ipv6);
        Plan(new Step.OfKept(thing));
        KeepMtu(thing.Upper!, thing.Link);
        KeepConf(thing.Upper!);
    }

    /// <summary>Whether what a link stood on is there, and takes it.</summary>
    private bool CanStand(Kept thing) =>
        world.Find(thing.Link) is { } piece && (piece.Master is null || (before ?? now).Find(thing.Upper!) is not { } was || !World.TakesFrames(was.Kind));

    /// <summary>
    /// The sysctls of a link that this change makes anew come back before it is up: one that is told to ignore router advertisements is never to
    /// have asked for one.
    /// </summary>
    private IEnumerable<Kept> SysctlsOf(string link)
    {
        sysctls ??= (before ?? now).Kept.Where(thing => thing.Kind is KeptKind.Sysctl4 or KeptKind.Sysctl6).ToLookup(thing => thing.Link, StringComparer.Ordinal);
        return sysctls[link];
    }

    private ILookup<string, Kept>? sysctls;

    /// <summary>
    /// A link that had its lower link's MTU comes back without saying one, and has what that has by then. Where that was raised in its place, the
    /// kernel would have left it as it was.
    /// </summary>
    private void KeepMtu(string upper, string lower)
    {
        var then = before ?? now;
        if (then.Find(upper) is { } was && was.Settings.Number(Table.Mtu) is { } mtu && then.Find(lower)?.Settings.Number(Table.Mtu) < world.Find(lower)!.Mtu)
            Plan(new Step.OfLink(Verb.Restore, upper, was.Kind, Settings.Empty.With(Table.Mtu, Value.Of(mtu)), Place.None));
    }

    /// <summary>Settings under /proc/sys/net that a link made again had.</summary>
    private void KeepConf(string upper)
    {
        var piece = world.Find(upper)!;
        if ((before ?? now).Find(upper)?.Settings.Where(line => ConfLines.Has(line)) is { } was && was.Where(line => piece.ValueOf(line) != was.ValueOf(line)) is { Count: > 0 } missing)
            Plan(new Step.OfLink(Verb.Restore, upper, piece.Kind, missing, Place.None));
    }

    private bool Returns(Kept thing)
    {
        if (thing.Message is null || world.Find(thing.Link) is not { } piece || (thing.Master is { } master && (piece.Master != master || world.Find(master)?.Kind != LinkKind.Bridge)))
            return false;
        if (thing.Kind != KeptKind.Link && thing.Indexes.Any(index => world.Find(index.Link) is null))
            return false;
        return thing.Kind switch
        {
            KeptKind.Link => thing.Upper is { } upper && IsMissed(upper) && CanStand(thing),
            KeptKind.Vlans => !IsDeclaredPort(piece) && (thing.Master is not null || piece.Kind == LinkKind.Bridge),
            KeptKind.Mark => !IsFiles(thing),
            KeptKind.Sysctl6 => piece.Mtu >= Table.LeastMtuOfIpv6,
            KeptKind.Neighbour => piece.Up && StandsForItself(piece),
            KeptKind.Nexthop or KeptKind.NexthopGroup => StandsForItself(piece) && world.MayCarry(piece), // Without carrier the kernel takes none.
            _ => true,
        };
    }

    /// <summary>Whether it is a backup that the file says of its port, or said: that is the port's attribute, and settled with it. On the way back it is as it was.</summary>
    private bool IsFiles(Kept option) => before is null && option.Master is { } master && (SaysBackup(next, master, option.Link) || SaysBackup(last, master, option.Link));

    private static bool SaysBackup(Host file, string master, string port) => file.Find(master)?.Ports.Any(declared => declared.Name.Value == port && declared.Settings.Has(BridgePortLines.BackupPort)) == true;

    /// <summary>Whether its VLAN table is the file's, or was: what left the file must not come back with what was kept.</summary>
    private bool IsDeclaredPort(Piece port) => Declares(next, port) || (before is null && Declares(last, port));

    private static bool Declares(Host file, Piece port) =>
        port.Master is { } master ? file.Find(master)?.Ports.Any(declared => declared.Name.Value == port.Name && declared.Vlans is not null) == true
        : file.Find(port.Name)?.Vlans is not null;

    /// <summary>The step that gives a link back an address, with everything it said where that is known.</summary>
    private Step GiveBack(string link, IpPrefix address, Place place = default) =>
        Raw(link, address) is { } raw ? new Step.OfKept(raw)
        : new Step.OfAddress(Verb.Restore, link, address, place) { Lifetime = (before ?? now).Find(link)?.LifetimeOf(address) ?? Lifetime.Forever };

    /// <summary>The address as the kernel told it; null where that is not known.</summary>
    private Kept? Raw(string link, IpPrefix address)
    {
        rawAddresses ??= (before ?? now).Kept.Where(thing => thing is { Kind: KeptKind.Address, Address: not null, Message: not null })
            .DistinctBy(thing => (thing.Link, thing.Address!)).ToDictionary(thing => (thing.Link, thing.Address!));
        return rawAddresses.GetValueOrDefault((link, address));
    }

    private Dictionary<(string Link, IpPrefix Address), Kept>? rawAddresses;
}
