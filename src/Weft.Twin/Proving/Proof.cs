// The search: every expectation under no failure, under every single one, and where two are asked for under every pair, in both orders. Questions that are alike are
// asked once, hosts that nobody's question joins are run apart, and a run is made once for everybody who needs it.

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

/// <param name="Faults">How many failures at once are tried where the file does not say: 1 or 2.</param>
public sealed record ProofOptions(int Faults = 1)
{
    /// <summary>False: every question is asked, alike or not, and no file is made smaller.</summary>
    public bool IsFolded { get; init; } = true;

    /// <summary>What the files are called in commands.</summary>
    public string Files { get; init; } = "FILE";
}

public sealed class Proof
{
    private const ulong Seed = 1;

    /// <summary>How many other chances are tried where what happens is one.</summary>
    private const ulong Chances = 3;

    private readonly ProofOptions options;
    private readonly Layout layout;
    private readonly Dictionary<Question, (Case Case, int At)> asked = [];
    private readonly List<Case> cases = [];
    private readonly ConcurrentDictionary<(Case, string, ulong, int?), Tried> runs = new();

    private Proof(ProofOptions options, Layout layout) => (this.options, this.layout) = (options, layout);

    /// <summary>Proves or refutes.</summary>
    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Proven? Proven, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, ProofOptions options)
    {
        var layout = Layouts.Of(hosts);
        if (layout.Troubles.Count > 0)
            return (null, Scenes.Scene.Of(hosts).Findings);
        var proof = new Proof(options, layout);
        var expectations = Expectations.Of(layout);
        var findings = proof.Stage(expectations);
        return findings.IsEmpty ? (proof.Judge(expectations), []) : (null, findings);
    }

    /// <summary>Some of what must hold, to be asked step by step; null where a kernel would not take a file.</summary>
    internal static (Proof Proof, IReadOnlyList<Expectation> Expectations)? Of(IReadOnlyList<NamedHost> hosts, ProofOptions options, Func<IReadOnlyList<Expectation>, IEnumerable<Expectation>> choose)
    {
        var whole = Layouts.Of(hosts);
        if (whole.Troubles.Count > 0)
            return null;
        var (proof, expectations) = (new Proof(options, whole), choose(Expectations.Of(whole)).ToList());
        return proof.Stage(expectations).IsEmpty ? (proof, expectations) : null;
    }

    /// <summary>Whether an expectation holds in spite of these failures, which may be those of another file: what is not in this one does not fail.</summary>
    internal bool Withstands(Expectation expectation, IReadOnlyList<Fault> faults) =>
        expectation.Questions.Select(question => asked[question].Case).Distinct().All(one =>
            faults.Select(fault => one.Faults.FirstOrDefault(own => own.Deed == fault.Deed)).ToList() is var own && (own.Contains(null) || Look(expectation, one, [.. own.OfType<Fault>()]).Counter is null));

    /// <summary>Chooses who asks for whom, and makes the scenes.</summary>
    private ImmutableArray<Finding> Stage(List<Expectation> expectations)
    {
        var likeness = new Likeness(layout);
        var all = expectations.SelectMany(expectation => expectation.Questions).Distinct().ToList();
        var alike = options.IsFolded ? all.GroupBy(likeness.Of, StringComparer.Ordinal).Select(group => group.ToList()).ToList() : all.ConvertAll(question => new List<Question> { question });
        foreach (var together in Together([.. alike.Select(group => group[0])]))
        {
            var hosts = options.IsFolded ? Reduction.Of(layout, likeness, together) : [.. layout.Hosts];
            var (made, findings) = Case.Of(hosts, together);
            if (made is null)
                return findings;
            cases.Add(made);
            foreach (var (question, at) in together.Select((question, at) => (question, at)))
                asked[question] = (made, at);
        }
        foreach (var group in alike)
            foreach (var question in group.Skip(1))
                asked[question] = asked[group[0]];
        return [];
    }

    /// <summary>Questions whose hosts are joined by any of them run in one scene.</summary>
    private List<List<Question>> Together(List<Question> questions)
    {
        if (!options.IsFolded)
            return questions.Count == 0 ? [] : [questions];
        var groups = new List<(HashSet<NamedHost> Hosts, List<Question> Questions)>();
        foreach (var question in questions)
        {
            var hosts = new[] { question.Asker?.Host, question.Asked?.Host }.OfType<NamedHost>().ToHashSet();
            var near = groups.FindAll(group => group.Hosts.Overlaps(hosts));
            groups.RemoveAll(near.Contains);
            groups.Add(([.. near.SelectMany(group => group.Hosts), .. hosts], [.. near.SelectMany(group => group.Questions), question]));
        }
        return groups.ConvertAll(group => group.Questions);
    }

    internal Proven Judge(IReadOnlyList<Expectation> expectations)
    {
        var open = expectations.Where(expectation => expectation.Questions.Count > 0).ToDictionary(expectation => expectation, _ => new List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)>(), ReferenceEqualityComparer.Instance as IEqualityComparer<Expectation>);
        var verdicts = new Dictionary<Expectation, Verdict>(ReferenceEqualityComparer.Instance as IEqualityComparer<Expectation>);
        for (var depth = 0; depth <= 2; depth++)
        {
            var now = open.Keys.Where(expectation => !verdicts.ContainsKey(expectation) && (depth == 0 || Math.Max(expectation.Depth(options.Faults), depth == 1 && expectation.IsSaid ? 1 : 0) >= depth)).ToList();
            Run([.. now.SelectMany(expectation => Needed(expectation, depth)).DistinctBy(run => (run.Case, Key(run.Faults)))]);
            foreach (var expectation in now)
                if (Look(expectation, depth, open[expectation]) is { } counter && depth <= expectation.Depth(options.Faults))
                    verdicts[expectation] = new(expectation, false, counter.Said) { Counter = counter, Tried = open[expectation] };
        }
        return new([.. expectations.Select(expectation => verdicts.GetValueOrDefault(expectation) ?? Held(expectation, open.GetValueOrDefault(expectation) ?? []))], [.. Assumed()])
        {
            Effort = (cases.Count, runs.Count, expectations.Sum(expectation => expectation.Questions.Count), cases.Sum(one => one.Questions.Count)),
        };
    }

    /// <summary>What has not been refuted: proven, unless chance has a part in it or its bound is longer than what was allowed.</summary>
    private Verdict Held(Expectation expectation, List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> tried)
    {
        var verdict = new Verdict(expectation, true, "") { Tried = tried };
        if (expectation.Mute.Why.Length > 0)
            return verdict with { Holds = null, Why = expectation.Mute.Why };
        if (expectation.Questions.Select(question => asked[question].Case).Distinct().Select(ChanceIn).FirstOrDefault(chance => chance is not null) is { } chance)
            return verdict with { Holds = null, Why = chance };
        return expectation.WithinMs * 1_000_000 < verdict.WorstNs
            ? verdict with { Holds = null, Why = $"no run was silent for longer than {expectation.WithinMs} ms, and what is certain is {Scenes.Simulation.Span(verdict.WorstNs)}" } : verdict;
    }

    /// <summary>The runs that an expectation needs at a depth.</summary>
    private IEnumerable<(Case Case, IReadOnlyList<Fault> Faults)> Needed(Expectation expectation, int depth) =>
        from one in expectation.Questions.Select(question => asked[question].Case).Distinct()
        from faults in Sets(expectation, one, depth)
        select (one, faults);

    private IEnumerable<IReadOnlyList<Fault>> Sets(Expectation expectation, Case one, int depth)
    {
        if (depth == 0)
            return [[]];
        var faults = one.Faults.Where(fault => Counts(expectation, one, fault)).ToList();
        return depth == 1 ? faults.Select(fault => new[] { fault })
            : from first in faults
              from second in faults
              where first.Deed != second.Deed
              select new[] { first, second };
    }

    /// <summary>Whether a failure counts for an expectation: what it names as `survives` are cables, NICs and switches, and none that is its own end.</summary>
    private bool Counts(Expectation expectation, Case one, Fault fault) =>
        (expectation.Survives is null || fault.IsCounted)
        && !(fault.Member is { } member && expectation.Questions.Any(question => Ends.Has(layout, question, member)))
        && (fault.Vlan is not { } vlan || expectation.Questions.Select(question => Represented(question)).Any(question => question.Asker?.Vlan == vlan || question.Asked?.Vlan == vlan));

    private Question Represented(Question question) => asked[question] is var (one, at) ? one.Questions[at] : question;

    private void Run(List<(Case Case, IReadOnlyList<Fault> Faults)> needed) =>
        Parallel.ForEach(needed.Where(run => !runs.ContainsKey((run.Case, Key(run.Faults), Seed, null))), run => Result(run.Case, run.Faults, Seed));

    private static string Key(IReadOnlyList<Fault> faults) => string.Join(" then ", faults.Select(fault => fault.Deed));

    private Tried Result(Case one, IReadOnlyList<Fault> faults, ulong seed, int? alone = null) => runs.GetOrAdd((one, Key(faults), seed, alone), _ => Trial.Run(one, faults, seed, alone));

    /// <summary>Looks at every run of a depth.</summary>
    /// <returns>What refutes it; null where nothing does.</returns>
    private CounterExample? Look(Expectation expectation, int depth, List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> tried)
    {
        CounterExample? found = null;
        foreach (var (one, faults) in Needed(expectation, depth))
        {
            var (counter, bound) = Look(expectation, one, faults);
            tried.Add((faults, counter is null, bound));
            found ??= counter;
        }
        return found;
    }

    private (CounterExample? Counter, long BoundNs) Look(Expectation expectation, Case one, IReadOnlyList<Fault> faults)
    {
        var worst = 0L;
        foreach (var (seed, alone) in Chanced(expectation, one))
        {
            var tried = Result(one, faults, seed, alone);
            foreach (var question in expectation.Questions.Where(question => asked[question].Case == one && (alone is null || asked[question].At == alone)))
            {
                var outcome = tried.Outcomes[asked[question].At];
                if (Refutes(expectation, faults, outcome, tried.IsStorm) is { } said)
                    return (new(faults, $"{question}: {said}", Command(question, faults, outcome)) { Question = Represented(question), IsFullSize = outcome.IsAnswered && !outcome.IsFullAnswered, IsStorm = tried.IsStorm, OutageNs = outcome.OutageNs == long.MaxValue ? null : outcome.OutageNs }, 0);
                if (faults.Count > 0)
                    worst = Math.Max(worst, outcome.OutageNs == 0 ? 0 : outcome.OutageNs + tried.SlackNs);
            }
        }
        return (null, worst);
    }

    /// <summary>The chances that are tried: of a scene without any, one; else several, and each question without what the others' frames teach bridges and neighbours.</summary>
    private IEnumerable<(ulong Seed, int? Alone)> Chanced(Expectation expectation, Case one)
    {
        var seeds = ChanceIn(one) is null ? Seed : Chances;
        for (var seed = Seed; seed <= seeds; seed++)
            yield return (seed, null);
        if (seeds > Seed && one.Questions.Count > 1)
            foreach (var at in expectation.Questions.Where(question => asked[question].Case == one).Select(question => asked[question].At).Distinct())
                yield return (Seed, at);
    }

    private static string? Refutes(Expectation expectation, IReadOnlyList<Fault> faults, Outcome outcome, bool isStorm) =>
        isStorm ? "frames go round and round"
        : !outcome.IsAnswered ? "no longer answered, or not every flow"
        : !outcome.IsFullAnswered ? "small frames pass, and those of the full size are lost"
        : faults.Count > 0 && outcome.OutageNs > expectation.WithinMs * 1_000_000 ? $"silent for {Scenes.Simulation.Span(outcome.OutageNs)}, and {expectation.WithinMs} ms are allowed"
        : null;

    private string Command(Question question, IReadOnlyList<Fault> faults, Outcome outcome)
    {
        var words = faults.SelectMany((fault, at) => fault.Words.Select(word => FormattableString.Invariant($" --fail {word}@{5 + (at * 110)}s")));
        return $"weft simulate {options.Files}{string.Concat(words)} --from {question.From} --to {question.Target}{(outcome is { IsAnswered: true, IsFullAnswered: false } ? " --full" : "")}";
    }

    /// <summary>What is chance in a scene: then runs that hold prove nothing.</summary>
    private string? ChanceIn(Case one)
    {
        var layout = one.Scene.Layout;
        foreach (var host in layout.Hosts)
            foreach (var bond in host.Host.Of(LinkKind.Bond).Where(bond => bond.Ports.Length > 1))
            {
                var mode = bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin;
                var isGrouped = bond.Ports.All(port => layout.Cords.Exists(cord => cord.Host == host && cord.Label == port.Name.Value && cord.Group is not null));
                if (mode == BondLines.Alb || (mode is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast or BondLines.Tlb && !isGrouped))
                    return $"{host.Name}: which port the switch sends by to {bond.Name} ({mode}{(isGrouped ? "" : ", no group")}) hangs on who spoke last, and {Chances} runs are no proof";
                if (bond.Settings.Number(BondLines.ArpInterval) > 0 && mode == BondLines.ActiveBackup && bond.Settings.Word(BondLines.Primary) is null)
                    return $"{host.Name}: which port {bond.Name} takes first hangs on which is answered first, and {Chances} runs are no proof; a `primary` says it";
            }
        return null;
    }

    private IEnumerable<string> Assumed() =>
    [
        .. layout.Notes,
        .. cases.SelectMany(one => one.Scene.Notes),
        "switches are Linux bridges with VLAN filtering, their groups Linux bonds (layer3+4), and no spanning tree runs between them",
        "kernels are Linux 6.1",
    ];
}
