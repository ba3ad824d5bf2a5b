// The walk of a change: resolve, observe, plan, apply, verify; and back, when the kernel refuses. Each room takes the value
// of the room before and returns its own; this page only hands them on.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Plan;
using Weft.Text;
using Weft.Verify;

namespace Weft.Apply;

/// <summary>How an apply ended.</summary>
public enum Ending
{
    /// <summary>The host was so already; nothing was sent.</summary>
    Unchanged,

    /// <summary>Nothing was sent, and something is ours now that was not before.</summary>
    Adopted,

    /// <summary>Done and read back.</summary>
    Applied,

    /// <summary>Refused before anything was sent.</summary>
    Refused,

    /// <summary>The kernel refused a step, or did not do what it took; the host is as it was.</summary>
    RolledBack,

    /// <summary>At a start: what could come up is up, and the rest is told.</summary>
    Partial,

    /// <summary>Done and read back, and undone unless somebody says that it is good. No end yet.</summary>
    Pending,

    /// <summary>As <see cref="RolledBack"/>, but something could not be put back.</summary>
    Stuck,
}

/// <summary>What came of an apply.</summary>
public sealed record Outcome(Ending Ending, Drawn Plan, ImmutableArray<Finding> Findings)
{
    /// <summary>Where the time went, in the order of the walk.</summary>
    public Timings Timings { get; init; } = new();

    /// <summary>When a pending change is undone.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Of the way back steps are left that another try may do; else what could not be put back never can.</summary>
    public bool IsHalfWay { get; init; }
}

/// <summary>A plan, and everything it was drawn from.</summary>
public sealed record Drawing(Host Next, Observation Now, Ledger Ledger, Drawn Plan)
{
    /// <summary>The same, with the plan's errors of the forced rules turned into warnings.</summary>
    public Drawing Forced(IReadOnlyCollection<string> rules) => this with
    {
        Plan = Plan with { Findings = [.. Force.Rules(Plan.Findings, [.. rules.Intersect(Drawn.Forcible, StringComparer.Ordinal)])] },
    };
}

public static class Walk
{
    /// <summary>Observes and plans; sends nothing.</summary>
    public static Drawing Plan(Host file, IKernel kernel, Ledger ledger, Timings timings)
    {
        var now = timings.Measure("observe", () => kernel.Observe(Inquiry.Of(file, ledger.Last)));
        if (now.Refusal is { } refusal)
            return new(file, now, ledger, new([], [Refusals.OfObserving(refusal)]));
        return timings.Measure("plan", () =>
        {
            var resolved = Resolve.Labels(file, now.Host);
            resolved = resolved with { Host = Profiles.Fitted(resolved.Host, now.Host) };
            var known = ledger.For(now).Meeting(resolved.Host, now.Host);
            var drawn = Planner.Plan(known, resolved.Host, now);
            return new Drawing(resolved.Host, now, known, drawn with { Findings = [.. resolved.Findings, .. Lacking.Of(resolved.Host, now.Host, kernel), .. Unable.Of(resolved.Host, now.Host), .. drawn.Findings] });
        });
    }

    /// <summary>Sends the steps and reads back. What is wrong is to be undone by the caller; nothing is, where the host is as planned.</summary>
    /// <param name="drawing">A plan that sends something.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="isLate">Whether the time for it is over.</param>
    internal static (ImmutableArray<Finding> Wrong, Observation After) Do(Drawing drawing, IKernel kernel, Timings timings, Func<bool>? isLate = null)
    {
        var run = timings.Measure("send", () => Applier.Execute(kernel, drawing.Plan.Steps, isLate));
        if (run.IsLate)
            return ([Refusals.Late(run.Done)], drawing.Now);
        if (run.Refused is { } refused)
            return (Refusals.Of(refused), drawing.Now);
        var (after, left) = timings.Measure("verify", () => Verifier.Compare(drawing, kernel));
        return (left, after);
    }

    /// <summary>
    /// Undoes what was done so far, and says why. Links that were ours and had to be made anew on the way back are ours again.
    /// </summary>
    /// <param name="drawing">The change.</param>
    /// <param name="kernel">The host.</param>
    /// <param name="timings">Where the time goes.</param>
    /// <param name="why">Why it is undone.</param>
    /// <param name="seen">The host as it was observed just now; null where nobody looked.</param>
    internal static (Outcome Outcome, Ledger Ledger) Back(Drawing drawing, IKernel kernel, Timings timings, ImmutableArray<Finding> why, Observation? seen = null) => timings.Measure("undo", () =>
    {
        // Two rounds: what the first could not do while something else stood in its way, the second can.
        var left = ImmutableArray<Finding>.Empty;
        for (var round = 0; round <= Rounds; round++)
        {
            var now = round == 0 && seen is not null ? seen : kernel.Observe(Inquiry.Of(drawing));
            if (now.Refusal is { } unreadable)
            {
                left = [Finding.Error("undo-unfinished", Place.None, $"the kernel's links could not be read: {unreadable}", "the undo is planned from what is observed", "run weft show, and mend by hand")];
                continue;
            }
            var undo = Undo.Plan(drawing, now);
            if (undo.IsEmpty)
            {
                ImmutableArray<Finding> gone = [.. Undo.GoneForGood(drawing, now.Host).Select(Refusals.NotMade), .. Undo.EndedForGood(drawing, now.Host).Select(Refusals.NotKept)];
                return (new Outcome(gone.IsEmpty ? Ending.RolledBack : Ending.Stuck, drawing.Plan, [.. why, .. gone, .. Undo.WithoutCarrier(drawing, now.Host).Select(Refusals.NotCarried)]) { Timings = timings }, StillOurs(drawing, now.Host));
            }
            if (round < Rounds)
                left = Applier.Execute(kernel, undo.Steps).Refused is { } refused ? Refusals.OfUndo(refused) : [];
            else
                left = [.. left, .. undo.Steps.Where(step => step.Sends).Select(Refusals.NotUndone)];
        }
        return (new Outcome(Ending.Stuck, drawing.Plan, [.. why, .. left]) { Timings = timings, IsHalfWay = true }, drawing.Ledger);
    });

    /// <summary>What was ours before the change, under the indexes it has after the way back.</summary>
    private static Ledger StillOurs(Drawing drawing, Host now)
    {
        var back = drawing.Ledger.After(drawing.Ledger.Last, now);
        // Where somebody died on the way back, the ledger may name already what was made anew.
        return back with { Links = [.. back.Links.Where(link => drawing.Now.Host.Find(link.Name) is { } was && (drawing.Ledger.Owns(was) || drawing.Ledger.Links.Contains(link)))] };
    }

    private const int Rounds = 2;
}
