// A change with everything that stands between verified and final: what answered before it must answer after it, and where
// somebody is to confirm it, it waits for his word. Meanwhile it says where it stands, for those who ask.

using System.Collections.Immutable;
using Weft.Reach;
using Weft.Text;

namespace Weft.Apply;

/// <summary>Makes changes that are held until they are known to be good.</summary>
/// <param name="runtime">The runtime folder.</param>
/// <param name="clock">One that goes on in sleep.</param>
/// <param name="prober">Who asks probes.</param>
/// <param name="isEnding">The process was told to end.</param>
public sealed class Held(IDisk runtime, TimeProvider clock, IProber prober, Func<bool> isEnding)
{
    /// <summary>Who asks for no longer than it takes to plan leaves others no more time than they have anyway.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(100);

    /// <summary>A host that needs to be asked more each time is not asked for ever.</summary>
    private const int Rounds = 3;

    private readonly Confirmation confirmation = new(runtime, clock);

    /// <summary>
    /// Carries a drawn plan out, as <see cref="Transaction.Make"/> does. Where asking took a while the plan is drawn anew, so that what came
    /// to the host meanwhile is in the snapshot; where somebody was shown another one, nothing is begun.
    /// </summary>
    /// <param name="drawing">The plan, and what it was drawn from.</param>
    /// <param name="again">Draws it anew.</param>
    /// <param name="errand">Who wants it, and the limits.</param>
    /// <param name="disk">The state folder.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="waiting">Told of the time that is left while the change waits, at every look.</param>
    public (Outcome? Outcome, Finding? NotBegun) Make(Drawing drawing, Func<Drawing> again, Errand errand, IDisk disk, IKernel kernel, Timings timings, Action<TimeSpan> waiting)
    {
        if (Unseen(drawing, errand) is { } unseen)
            return (null, unseen);
        if (drawing.Plan.IsEmpty || drawing.Plan.IsRefused)
            return Transaction.Make(drawing, errand, disk, kernel, clock, timings);
        confirmation.Begin();
        try
        {
            var (asked, passed) = (new HashSet<Probe>(), new List<Probe>());
            for (var round = 0; ; round++)
            {
                var questions = Probes.Of(drawing.Next, drawing.Now.Host, drawing.Plan.Steps);
                ImmutableArray<Asked> open = [.. questions.Where(one => asked.Add(one.After))];
                var began = clock.GetTimestamp();
                passed.AddRange(timings.Measure("probe", () => Probing.Before(open, prober)));
                if (isEnding())
                    return (null, Refusals.Ended);
                if (round == Rounds || clock.GetElapsedTime(began) <= Brief)
                {
                    ImmutableArray<Probe> probes = [.. passed.Where(probe => questions.Any(one => one.After == probe))];
                    return Transaction.Make(drawing, errand, disk, kernel, clock, timings, change => Hold(change, probes, Patience.Of(drawing.Next, drawing.Now.Host, drawing.Plan.Steps), errand, waiting));
                }
                drawing = again();
                if (Unseen(drawing, errand) is { } moved)
                    return (null, moved);
                if (drawing.Plan.IsEmpty || drawing.Plan.IsRefused)
                    return Transaction.Make(drawing, errand, disk, kernel, clock, timings);
            }
        }
        finally
        {
            confirmation.End();
        }
    }

    private static Finding? Unseen(Drawing drawing, Errand errand) =>
        drawing.Now.Refusal is null && errand.Seen is { } seen && drawing.Plan.Difference(seen) is { } moved ? Refusals.MovedOn(moved) : null;

    private ImmutableArray<Finding> Hold(string change, ImmutableArray<Probe> probes, Patience patience, Errand errand, Action<TimeSpan> waiting)
    {
        Underway.Say(runtime, new(change, Phase.Probing, 0));
        var failed = Probing.After(probes, prober, clock, patience.Total, () => confirmation.WhyNot(change, isEnding) is not null);
        var why = failed.Select(one => Finding.Error("probe-failed", one.Probe.Place, $"{one.Probe} answered before the change and does not after it: {one.Why}",
            $"the change had {patience}", "see what of the change is in its way: weft plan tells what each step disturbs")).ToImmutableArray();
        if (confirmation.WhyNot(change, isEnding) is { } no)
            why = [no];
        if (why.IsEmpty && errand.Confirm is { } wait)
            why = confirmation.Await(change, wait, isEnding, waiting);
        if (!why.IsEmpty)
            Underway.Say(runtime, new(change, Phase.Undoing, 0));
        return why;
    }
}
