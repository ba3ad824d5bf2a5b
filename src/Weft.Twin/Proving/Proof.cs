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

    /// <summary>False: only what the files say is proven, and not what everybody expects who says nothing.</summary>
    public bool IsUsualAsked { get; init; } = true;

    /// <summary>Which Linux everybody is; null: 6.1.</summary>
    internal KernelVersion? Kernel { get; init; }
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
    private readonly ConcurrentDictionary<(Case, string, ulong, int, int?), Tried> runs = new();

    private readonly Witness witness;

    private Proof(ProofOptions options, Layout layout) => (this.options, this.layout, witness) = (options, layout, new(layout, options.Files));

    /// <summary>Proves or refutes.</summary>
    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Proven? Proven, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, ProofOptions options)
    {
        var laid = Laid(hosts);
        if (laid.Troubles.Count > 0)
            return (null, Scenes.Scene.Of(hosts).Findings);
        var proof = new Proof(options, laid);
        var expectations = Expectations.Of(laid, options.IsUsualAsked);
        var findings = proof.Stage(expectations);
        return findings.IsEmpty ? (proof.Judge(expectations), []) : (null, findings);
    }

    private static Layout Laid(IReadOnlyList<NamedHost> hosts)
    {
        var notes = new List<string>();
        var laid = Layouts.Of(Lodgers.Of(hosts, notes));
        laid.Notes.AddRange(notes);
        return laid;
    }

    /// <summary>Some of what must hold, to be asked step by step; null where a kernel would not take a file.</summary>
    internal static (Proof Proof, IReadOnlyList<Expectation> Expectations)? Of(IReadOnlyList<NamedHost> hosts, ProofOptions options, Func<IReadOnlyList<Expectation>, IEnumerable<Expectation>> choose)
    {
        var whole = Laid(hosts);
        if (whole.Troubles.Count > 0)
            return null;
        var (proof, expectations) = (new Proof(options, whole), choose(Expectations.Of(whole, options.IsUsualAsked)).ToList());
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
            var (made, findings) = Case.Of(hosts, together, options.Kernel);
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
                    verdicts[expectation] = counter.Doubt is { } doubt ? new(expectation, null, doubt) { Tried = open[expectation] } : new(expectation, false, counter.Said) { Counter = counter, Tried = open[expectation] };
        }
        return new([.. expectations.Select(expectation => (verdicts.GetValueOrDefault(expectation) ?? Held(expectation, open.GetValueOrDefault(expectation) ?? [])) with { IsChance = ChanceOf(expectation) is not null })], [.. Assumed()])
        {
            Layout = layout,
            Effort = (runs.Count, expectations.Sum(expectation => expectation.Questions.Count), cases.Sum(one => one.Questions.Count)),
        };
    }

    /// <summary>What has not been refuted: proven, unless chance has a part in it or its bound is longer than what was allowed.</summary>
    private Verdict Held(Expectation expectation, List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> tried)
    {
        var verdict = new Verdict(expectation, true, "") { Tried = tried };
        if (expectation.Mute.Why.Length > 0)
            return verdict with { Holds = null, Why = expectation.Mute.Why };
        if (ChanceOf(expectation) is { } chance)
            return verdict with { Holds = null, Why = chance };
        return expectation.WithinMs * 1_000_000 < verdict.WorstNs
            ? verdict with { Holds = null, Why = $"no run was silent for longer than {expectation.WithinMs} ms, and what is certain is {Scenes.Simulation.Span(verdict.WorstNs)}" } : verdict;
    }

    private string? ChanceOf(Expectation expectation) => expectation.Questions.Select(question => asked[question].Case).Distinct().Select(ChanceIn).FirstOrDefault(chance => chance is not null);

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

    /// <summary>Whether a failure counts for an expectation: what it names as `survives` are cables, NICs and switches, and none that is an end of all its questions.</summary>
    private bool Counts(Expectation expectation, Case one, Fault fault) =>
        (expectation.Survives is null || fault.IsCounted)
        && !(fault.Member is { } member && expectation.Questions.All(question => Ends.Has(layout, question, member)))
        && (fault.Vlan is not { } vlan || expectation.Questions.Select(question => Represented(question)).Any(question => question.Vlans.Contains(vlan)));

    private Question Represented(Question question) => asked[question] is var (one, at) ? one.Questions[at] : question;

    private void Run(List<(Case Case, IReadOnlyList<Fault> Faults)> needed) =>
        Parallel.ForEach(needed.SelectMany(run => run.Case.Flows, (run, shift) => (run.Case, run.Faults, Shift: shift)).Where(run => !runs.ContainsKey((run.Case, Key(run.Faults), Seed, run.Shift, null))), run => Result(run.Case, run.Faults, Seed, run.Shift));

    private static string Key(IReadOnlyList<Fault> faults) => string.Join(" then ", faults.Select(fault => fault.Deed));

    private Tried Result(Case one, IReadOnlyList<Fault> faults, ulong seed, int shift, int? alone = null) => runs.GetOrAdd((one, Key(faults), seed, shift, alone), _ => Trial.Run(one, faults, seed, shift, alone));

    /// <summary>Looks at every run of a depth.</summary>
    /// <returns>What refutes it; null where nothing does.</returns>
    private CounterExample? Look(Expectation expectation, int depth, List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> tried)
    {
        CounterExample? found = null;
        foreach (var (one, faults) in Needed(expectation, depth))
        {
            var (counter, bound) = Look(expectation, one, faults);
            tried.Add((Likened(expectation, one, faults), counter is null or { Doubt: not null }, counter is { IsTooLate: true } ? counter.OutageNs ?? 0 : bound));
            found = found is null || (found.Doubt is not null && counter is { Doubt: null }) ? counter : found;
        }
        return found;
    }

    private (CounterExample? Counter, long BoundNs) Look(Expectation expectation, Case one, IReadOnlyList<Fault> faults)
    {
        var outcomes = (from chance in Chanced(expectation, one)
                        from shift in one.Flows
                        let tried = Result(one, faults, chance.Seed, shift, chance.Alone)
                        from question in expectation.Questions
                        where asked[question].Case == one && (chance.Alone is null || chance.Alone == asked[question].At) && !faults.Any(fault => fault.Member is { } member && Ends.Has(layout, question, member))
                        select (Question: question, Shift: shift, Tried: tried, Outcome: tried.Outcomes[asked[question].At])).ToList();
        foreach (var (lost, said) in Losses(expectation, faults))
            if (outcomes.Find(one => lost(one.Tried, one.Outcome)) is { Question: { } question, Outcome: { } outcome } found)
                return (Counter(expectation, question, Likened(expectation, one, faults), outcome, found.Shift, $"{question}: {said(outcome)}") with { IsStorm = found.Tried.IsStorm }, 0);
        return (null, faults.Count == 0 ? 0 : outcomes.Select(one => one.Outcome.OutageNs == 0 ? 0 : one.Outcome.OutageNs + one.Tried.SlackNs).DefaultIfEmpty().Max());
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

    /// <summary>What refutes an expectation, the plainest first.</summary>
    private static IEnumerable<(Func<Tried, Outcome, bool> IsLost, Func<Outcome, string> Said)> Losses(Expectation expectation, IReadOnlyList<Fault> faults)
    {
        yield return ((tried, _) => tried.IsStorm, _ => "frames go round and round");
        yield return ((_, outcome) => !outcome.IsAnswered, _ => faults.Count == 0 ? "not answered" : "no longer answered");
        yield return ((_, outcome) => !outcome.IsFullAnswered, _ => "small frames pass, and those of the full size are lost");
        if (faults.Count > 0 && expectation.WithinMs is { } within)
            yield return ((_, outcome) => outcome.OutageNs > within * 1_000_000, outcome => $"{(outcome.OutageNs == long.MaxValue ? "lost again and again" : $"silent for {Witness.Exactly(outcome.OutageNs)}")}, and {within} ms are allowed");
    }

    /// <summary>What fails, as those have it who ask here: who was asked for them may be on another host, and in another VLAN.</summary>
    private List<Fault> Likened(Expectation expectation, Case one, IReadOnlyList<Fault> faults)
    {
        var (hosts, vlans) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<long, long>());
        foreach (var question in expectation.Questions.Where(question => asked[question].Case == one))
            foreach (var (alike, own) in new[] { (Represented(question).Asker, question.Asker), (Represented(question).Asked, question.Asked) })
            {
                if (alike is null || own is null)
                    continue;
                hosts.TryAdd(alike.Host.Name, own.Host.Name);
                foreach (var (vlan, other) in alike.Vlans.Zip(own.Vlans))
                    vlans.TryAdd(vlan, other);
            }
        // Who stands by takes the other's place, so that two never become one.
        foreach (var (alike, own) in hosts.ToList())
            hosts.TryAdd(own, alike);
        foreach (var (alike, own) in vlans.ToList())
            vlans.TryAdd(own, alike);
        return [.. faults.Select(fault => Faults.Of(fault, layout, hosts, vlans))];
    }

    private CounterExample Counter(Expectation expectation, Question question, IReadOnlyList<Fault> faults, Outcome outcome, int shift, string said)
    {
        var isFull = outcome.IsAnswered && !outcome.IsFullAnswered;
        // Silent for too long, and nothing else.
        var within = outcome.IsAnswered && outcome.IsFullAnswered ? expectation.WithinMs : null;
        var replay = new Lazy<Shown>(() => witness.Of(question, faults, isFull, shift, within));
        return new(faults, said)
        {
            IsFullSize = isFull,
            IsTooLate = within is not null,
            OutageNs = outcome.OutageNs == long.MaxValue ? null : outcome.OutageNs,
            Replay = replay,
            // What chance has a part in is refuted by a run that somebody can see, and by nothing less.
            Doubt = (within is null && ChanceOf(expectation) is null) || replay.Value.IsShown ? null
                : within is null ? $"{said} in a run that chance chose, and in none of the whole files"
                : $"{question}: silent for {Witness.Exactly(outcome.OutageNs)} when everybody has just looked, for {Witness.Exactly(replay.Value.LongestNs)} at least in the longest run of the whole files, and {within} ms are allowed",
        };
    }

    /// <summary>What is chance in a scene: then runs that hold prove nothing.</summary>
    private string? ChanceIn(Case one)
    {
        var cords = one.Scene.Layout.Cords;
        foreach (var host in one.Scene.Layout.Hosts)
            foreach (var bond in host.Host.Of(LinkKind.Bond).Where(bond => bond.Ports.Length > 1))
            {
                var mode = bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin;
                var isGrouped = bond.Ports.All(port => cords.Exists(cord => cord.Host == host && cord.Label == port.Name.Value && cord.Group is not null));
                if (mode == BondLines.Alb || (mode is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast or BondLines.Tlb && !isGrouped))
                    return $"{host.Name}: which port the switch sends by to {bond.Name} ({mode}{(isGrouped ? "" : ", no group")}) hangs on who spoke last, and {Chances} runs are no proof";
                if (bond.Settings.Flag(BondLines.AllSlavesActive) == true && !isGrouped)
                    return $"{host.Name}: what {bond.Name} sends comes back to it by its other ports (all_slaves_active), so that a bridge on it takes its guests to be out there until they speak again; {Chances} runs are no proof";
                if (bond.Settings.Number(BondLines.ArpInterval) > 0 && mode == BondLines.ActiveBackup && bond.Settings.Word(BondLines.Primary) is null)
                    return $"{host.Name}: which port {bond.Name} takes first hangs on which is answered first, and {Chances} runs are no proof; a `primary` says it";
            }
        return null;
    }

    private IEnumerable<string> Assumed() =>
    [
        .. layout.Notes,
        .. cases.SelectMany(one => one.Scene.Notes),
        "links between switches do not fail, and a second failure comes when all has settled from the first; what counts is who is answered in the last 3 s, when everything has settled that was set to wait",
        "an active-backup bond without a primary begins with its first port",
        "switches are Linux bridges with VLAN filtering, their groups Linux bonds (layer3+4), and no spanning tree runs between them",
        "kernels are Linux 6.1",
    ];
}
