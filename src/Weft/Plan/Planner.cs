// The planner: three hosts in (the file before, the file now, what is observed), steps out. It walks the phases below and
// after each step asks the predicted world what is left to do. The order of the phases is the order of the traps: what
// leaves goes first, masters exist before their ports, a mode is set before ports join, MTUs fall from the top and rise
// from the bottom, addresses and routes come when their links stand.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

/// <summary>Steps in the order to be executed, and what speaks against them.</summary>
public sealed record Drawn(ImmutableArray<Step> Steps, ImmutableArray<Finding> Findings)
{
    /// <summary>Nothing is sent: no step, or only adopting.</summary>
    public bool IsEmpty => Steps.All(step => !step.Sends);

    /// <summary>Rules of plans that may be forced: the rest speak of what cannot be done at all.</summary>
    public static readonly ImmutableArray<string> Forcible = [Draft.Irreversible];

    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>The first step in which this plan differs from one drawn earlier; null where it is the same.</summary>
    /// <param name="earlier">That one's steps, each as <see cref="StepCode"/> writes it.</param>
    public string? Difference(IReadOnlyList<string> earlier)
    {
        var same = Steps.Zip(earlier).TakeWhile(pair => StepCode.Write(pair.First) == pair.Second).Count();
        if (same == Steps.Length)
            return same < earlier.Count ? $"step {same + 1} is not needed any more" : null;
        var text = StepText.Of(Steps[same]);
        var isSame = same < earlier.Count && StepCode.Read(earlier[same]) is { } then && StepText.Of(then) == text;
        return isSame ? $"step {same + 1} would do or disturb something else: {text}" : $"step {same + 1} would be: {text}";
    }
}

public static class Planner
{
    /// <summary>Plans the way from what is observed to what a file wants.</summary>
    /// <param name="ledger">What was applied before, in this epoch.</param>
    /// <param name="next">The file, with kernel names (<see cref="Resolve.Labels"/>).</param>
    /// <param name="now">What is observed.</param>
    /// <param name="before">When undoing: the host to go back to, whose foreign addresses and routes come back too.</param>
    public static Drawn Plan(Ledger ledger, Host next, Observation now, Observation? before = null)
    {
        var draft = new Draft(ledger, next, now, before);
        draft.Adopt();
        draft.Refuse();
        draft.RefuseClients();
        draft.TakeNames();
        draft.StopClients();
        draft.TakeAway();
        draft.Tune();
        draft.LetPortsGo();
        draft.DropNames();
        draft.RemoveEmptiedBridges();
        draft.MakeMasters();
        draft.LowerMtus();
        foreach (var link in draft.BottomUp)
            draft.Settle(link);
        draft.PutBack(KeptKind.Link, KeptKind.Mark, KeptKind.Sysctl4, KeptKind.Sysctl6, KeptKind.Vlans);
        draft.NewLinksIpv6((before ?? now).NewLinksIpv6);
        draft.Address();
        draft.PutBack(KeptKind.Neighbour, KeptKind.Forwarding, KeptKind.Group, KeptKind.Nexthop, KeptKind.NexthopGroup);
        draft.Route();
        draft.Rule();
        draft.PutBack(KeptKind.Qdisc);
        draft.RefuseNamesTaken();
        draft.StartClients();
        draft.GiveNames();
        draft.TellLosses();
        draft.TellBlinks();
        return new(draft.Steps, draft.Findings);
    }
}

/// <summary>A plan in the making.</summary>
internal sealed partial class Draft
{
    private readonly Ledger ledger;
    private readonly Host last;
    private readonly Host next;
    private readonly Host now;
    private readonly Host? before;
    private readonly string? noClients;
    private readonly Finding? noNames;
    private readonly List<Route> lastRoutes;
    private readonly World world;
    private readonly Intent intent;
    private readonly Disturbed disturbed;
    private readonly Dictionary<string, At<string>> absent;
    private readonly ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();

    public Draft(Ledger ledger, Host next, Observation now, Observation? before)
    {
        this.ledger = ledger.For(now);
        last = this.ledger.Mine(now.Host);
        (now, before) = (WithoutSaid(OwnAddresses.Of(now, last, next), next), before is null ? null : WithoutSaid(OwnAddresses.Of(before, last, next), next));
        this.before = before?.Host;
        (noClients, noNames) = (now.NoClients, now.NoNames);
        this.next = next;
        this.now = now.Host;
        lastRoutes = RoutePlan.Wanted(last);
        world = new(now, this.ledger.Firsts, before?.Host);
        intent = new(last, next, this.ledger);
        disturbed = new(now.Host, next, world);
        absent = next.Absent.DistinctBy(name => name.Value).ToDictionary(name => name.Value, StringComparer.Ordinal);
        BottomUp = Stack.BottomUp(next);
    }

    public ImmutableArray<Step> Steps => steps.ToImmutable();
    public ImmutableArray<Finding> Findings => findings.ToImmutable();

    /// <summary>The file's links, each after everything that it stands on.</summary>
    public IReadOnlyList<Link> BottomUp { get; }

    private void Plan(Step step)
    {
        var (lostBefore, routesBefore, loweredBefore) = (world.Lost.Count, world.LostRoutes.Count, world.Lowered.Count);
        var disturbs = step is Step.OfClient ? step.Disturbs : disturbed.By(step);
        world.Do(step);
        if (world.Lost.Count == lostBefore && world.LostRoutes.Count == routesBefore && world.Lowered.Count == loweredBefore)
        {
            steps.Add(disturbs.IsEmpty ? step : step with { Disturbs = disturbs });
            return;
        }
        routesLostAt.AddRange(world.LostRoutes.Skip(routesBefore).Select(route => (route, steps.Count)));
        var lowered = world.Lowered.Skip(loweredBefore).Distinct(StringComparer.Ordinal).Where(name => next.Find(name) is null && last.Find(name) is null);
        steps.Add(step with { Disturbs = [.. disturbs, .. lowered.Select(name => new Disturbance(name, "lowered")), .. GoneForGood(step, lostBefore)] });
    }

    private void Set(Link link, params IEnumerable<KeyValuePair<Weft.Model.Attributes.Attribute, At<Value>>> values)
    {
        foreach (var settings in Messages.Of(Messages.Whole(values, world.Find(link.Name.Value)), world.Find(link.Name.Value)!))
            if (settings.Where(attribute => world.Find(link.Name.Value)!.ValueOf(attribute) != settings.ValueOf(attribute) || !Messages.IsLate(attribute)) is { Count: > 0 } needed)
                Plan(new Step.OfLink(Verb.Set, link.Name.Value, link.Kind, needed, Where(link, needed)));
    }

    private void Set(Link link, Weft.Model.Attributes.Attribute attribute, Value value, Place? place = null) =>
        Set(link, [KeyValuePair.Create(attribute, At.Of(value, place ?? link.Name.Place))]);

    /// <summary>The line to point at: the first value's own, where it has one.</summary>
    private static Place Where(Link link, Settings settings) =>
        settings.FirstPlace is { IsSomewhere: true } place ? place : link.Name.Place;
}
