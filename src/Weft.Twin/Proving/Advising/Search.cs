// The search for advice: every single move, then pairs of them; each candidate against what refuted the expectation, then the expectation whole, then
// everything that held. The fewest changed lines win, then whoever disturbs least. The search asks no clock: it ends by count, or when it is told to.

using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving.Advising;

public static class Search
{
    /// <summary>How many candidates are looked at together.</summary>
    private const int Together = 16;

    /// <summary>Advice for what a proof refuted.</summary>
    /// <param name="hosts">The hosts as they were proven.</param>
    /// <param name="texts">The text of each one's file.</param>
    /// <param name="proven">What came of the proof.</param>
    /// <param name="options">As the proof was made.</param>
    /// <param name="bounds">How far to go.</param>
    public static IReadOnlyList<Advised> Of(IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts, Proven proven, ProofOptions options, AdviceBounds bounds)
    {
        var all = new List<Advised>();
        var refuted = proven.Verdicts.Where(verdict => verdict is { Holds: false, Counter: not null } && (verdict.Expectation.IsSaid || bounds.IsUnsaidToo)).ToList();
        if (refuted.Count == 0)
            return all;
        var origin = new Origin(hosts, texts, options, proven);
        // Those that are alike are refuted alike, and mended alike.
        foreach (var verdict in refuted.DistinctBy(verdict => (verdict.Expectation.IsSaid ? verdict.Expectation.Text : "", string.Join(' ', verdict.Counter!.Faults.Select(fault => fault.Kind)), verdict.Counter.IsFullSize)))
            if (all.Count < bounds.MostExpectations && !all.Exists(one => one.Found?.Mends.Contains(verdict.Expectation, ReferenceEqualityComparer.Instance) == true))
                all.Add(new One(origin, verdict, bounds).Run());
        return all;
    }

    /// <summary>The search for one refuted expectation.</summary>
    private sealed class One(Origin origin, Verdict verdict, AdviceBounds bounds)
    {
        private int singles, pairs;
        private Advice? best;

        public Advised Run()
        {
            var moves = Moves.Of(new Ground(origin.Hosts, verdict.Expectation));
            var alone = moves.Select((move, at) => Candidate.Of(origin, [at], [move])).OfType<Candidate>().DistinctBy(one => string.Join('\0', one.Texts)).ToList();
            var isWhole = Try(alone, ref singles);
            // Two that change one line may be less than one that changes two.
            var both = isWhole ? Pairs(alone) : [];
            var isCut = both.Count > bounds.MostPairs;
            isWhole = isWhole && Try([.. both.Take(bounds.MostPairs)], ref pairs);
            return new(verdict, best, singles, pairs) { Cut = !isWhole ? "time was up" : isCut && best is null ? FormattableString.Invariant($"there are {both.Count} pairs") : "" };
        }

        /// <summary>Pairs in the order in which they are worth trying: few lines, then those with a part that already helps against what refuted.</summary>
        private List<Candidate> Pairs(List<Candidate> alone)
        {
            var sound = alone.FindAll(one => one.Runs);
            return [.. sound.SelectMany((one, at) => sound.Skip(at + 1).Where(other => best is null || Math.Max(one.Lines, other.Lines) < best.Lines).Select(other => (Both: one.With(other), Helps: one.Withstood || other.Withstood)))
                .Where(pair => pair.Both is not null && (best is null || pair.Both.Lines < best.Lines)).DistinctBy(pair => string.Join('\0', pair.Both!.Texts))
                .OrderBy(pair => pair.Both!.Lines).ThenByDescending(pair => pair.Helps).ThenBy(pair => pair.Both!.Order.Sum()).ThenBy(pair => pair.Both!.Order[0]).Select(pair => pair.Both!)];
        }

        /// <summary>Tries candidates until one of them mends; then only those that change as few lines.</summary>
        /// <returns>False where time was up.</returns>
        private bool Try(List<Candidate> candidates, ref int tried)
        {
            foreach (var tier in candidates.GroupBy(one => one.Lines).OrderBy(tier => tier.Key).Select(tier => tier.ToList()))
            {
                var (mending, isUp) = (new List<Candidate>(), false);
                foreach (var few in tier.Chunk(Together))
                {
                    if (isUp = bounds.Until.IsCancellationRequested)
                        break;
                    var withstand = new bool[few.Length];
                    Parallel.For(0, few.Length, at => withstand[at] = few[at].Withstands(verdict));
                    tried += few.Length;
                    mending.AddRange(few.Where((one, at) => withstand[at] && one.Mends(verdict)));
                }
                if (Best(mending) is { } found)
                {
                    best = found;
                    return !isUp;
                }
                if (isUp)
                    return false;
            }
            return true;
        }

        /// <summary>The least disturbing of those that break nothing else; what the rules call a mistake comes last.</summary>
        private Advice? Best(List<Candidate> mending)
        {
            var ranked = from one in mending
                         let cost = Cost.Of(origin.Hosts, one.Hosts)
                         where cost is not null
                         orderby one.Findings.Errors, cost.Gone, cost.Ms, one.Findings.Warnings, one.Moves.Count(move => move.IsOutside), one.Order.Sum(), one.Order[0]
                         select (one, cost);
            foreach (var (one, cost) in ranked)
                if (one.Whole() is var (mended, kept))
                    return new([.. one.Moves.Select(move => move.Said)], Diff(one), one.Lines)
                    {
                        Texts = one.Texts, Mends = mended, Kept = kept, Disturbs = cost.Said, IsOutside = one.Moves.Any(move => move.IsOutside),
                    };
            return null;
        }

        private string Diff(Candidate one) => string.Concat(one.Texts.Select((text, at) => UnifiedDiff.Of(origin.Hosts[at].File, origin.Texts[at], text)));
    }
}
