// How long a change may take until it can be judged: along each way up through the links what must be waited for is added up,
// and the longest way counts. What the steps do not touch needs no patience. It is a bound, not a pause: asking ends once all
// has passed.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Plan;

namespace Weft.Reach;

/// <summary>Something that takes its time.</summary>
/// <param name="Link">The link on which it does; null for what every change needs.</param>
/// <param name="What">What it is, in words: `STP on br0, twice 15 s`.</param>
/// <param name="Long">How long at most.</param>
/// <param name="Source">Where that is from: a standard, a kernel file.</param>
public sealed record Wait(string? Link, string What, TimeSpan Long, string Source)
{
    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}

/// <summary>How long probes may take to pass after a change.</summary>
/// <param name="Waits">What makes up the time, from the bottom of the longest way to its top. Empty where nothing is sent.</param>
public sealed record Patience(ImmutableArray<Wait> Waits)
{
    public TimeSpan Total { get; } = Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait.Long);

    /// <summary>The patience for a change.</summary>
    /// <param name="next">The file, with kernel names.</param>
    /// <param name="now">What is observed before.</param>
    /// <param name="steps">What is done.</param>
    public static Patience Of(Host next, Host now, IReadOnlyList<Step> steps)
    {
        if (!steps.Any(step => step.Sends))
            return new([]);
        var touched = new Touched(next, now, steps);
        var ways = new Dictionary<string, Way>(StringComparer.Ordinal);
        foreach (var link in touched.BottomUp)
        {
            var below = link.Lowers.Select(lower => ways.GetValueOrDefault(lower.Value)).OfType<Way>().MaxBy(way => way.Length);
            foreach (var wait in WaitTable.Of(touched, link))
                below = new(wait, below, (below?.Length ?? TimeSpan.Zero) + wait.Long);
            if (below is not null)
                ways[link.Name.Value] = below;
        }
        return new([.. Up(ways.Values.MaxBy(way => way.Length)), WaitTable.Always]);
    }

    /// <summary>`up to 35 s: STP on br0, twice 15 s; an answer, 5 s`.</summary>
    public override string ToString() => Waits.IsEmpty ? "no time" : $"up to {Wait.Seconds(Total)}: {string.Join("; ", Waits.Select(wait => wait.What))}";

    /// <summary>The last wait of a way up, and the way to it.</summary>
    private sealed record Way(Wait Last, Way? Below, TimeSpan Length);

    private static Stack<Wait> Up(Way? way)
    {
        var waits = new Stack<Wait>();
        for (; way is not null; way = way.Below)
            waits.Push(way.Last);
        return waits;
    }
}
