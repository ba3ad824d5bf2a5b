// The search: every expectation under no failure, under every single one, and where two are asked for under every pair, in both orders. Questions that are alike are
// asked once, hosts that nobody's question joins are run apart, and a run is made once for everybody who needs it.

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Packets.Links;

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

    /// <summary>More losses than this that no run of the whole files shows are not looked into.</summary>
    private const int MostDoubts = 6;

    private readonly ProofOptions options;
    private readonly Layout layout;
    private readonly Dictionary<Question, (Case Case, int At)> asked = [];
    private readonly List<Case> cases = [];
    private readonly HashSet<string> switches;
    private readonly ConcurrentDictionary<(Case, string, ulong, int, int?), Tried> runs = new();

    /// <summary>What is asked by each list of questions; lines that mean the same have the same list.</summary>
    private readonly Dictionary<IReadOnlyList<Question>, Asking> askings = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, Sort> sorts = new(StringComparer.Ordinal);
    private readonly Dictionary<(Sort, long? WithinMs, Case, string), Seen> seen = [];

    /// <summary>Runs of the whole files for those that stand for others.</summary>
    private readonly Dictionary<(Case, int At, string, bool IsFull, int Shift, long? WithinMs), Lazy<Shown>> witnessed = [];

    private readonly Witness witness;

    private Proof(ProofOptions options, Layout layout) => (this.options, this.layout, witness, switches) = (options, layout, new(layout, options.Files), [.. layout.Boxes.Select(box => box.Name)]);

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
        AskingOf(expectation).Sort.Cases.All(one =>
            faults.Select(fault => one.Faults.FirstOrDefault(own => own.Deed == fault.Deed)).ToList() is var own && (own.Contains(null) || Look(expectation, one, [.. own.OfType<Fault>()]).Counters.Count == 0));

    /// <summary>Chooses who asks for whom, and makes the scenes.</summary>
    private ImmutableArray<Finding> Stage(List<Expectation> expectations)
    {
        var likeness = new Likeness(layout);
        var all = expectations.Select(expectation => expectation.Questions).ToHashSet<IReadOnlyList<Question>>(ReferenceEqualityComparer.Instance).SelectMany(questions => questions).Distinct().ToList();
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
            var hosts = new[] { question.Asker, question.Asked }.OfType<End>().Concat(question.Beside).Select(end => end.Host).ToHashSet();
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
        var doubts = new Dictionary<Expectation, string>(ReferenceEqualityComparer.Instance as IEqualityComparer<Expectation>);
        for (var depth = 0; depth <= 2; depth++)
        {
            var now = open.Keys.Where(expectation => !verdicts.ContainsKey(expectation) && (depth == 0 || Math.Max(expectation.Depth(options.Faults), depth == 1 && expectation.IsSaid ? 1 : 0) >= depth)).ToList();
            var needed = now.DistinctBy(expectation => (AskingOf(expectation).Sort, expectation.Survives is null, expectation.WithinMs)).SelectMany(expectation => Needed(expectation, depth), (expectation, run) => (Expectation: expectation, run.Case, run.Faults)).ToList();
            Run(needed.Select(run => (run.Case, run.Faults, (int?)null)));
            Run(needed.Where(run => !Refuting(run.Expectation, run.Faults, Outcomes(run.Expectation, run.Case, run.Faults, isAlone: false)).Any())
                .SelectMany(run => Taught(AskingOf(run.Expectation).Sort, run.Case), (run, at) => (run.Case, run.Faults, (int?)at)));
            foreach (var expectation in now)
                if (Look(expectation, depth, open[expectation]) is { Count: > 0 } counters && depth <= expectation.Depth(options.Faults))
                    if (counters.Take(MostDoubts).FirstOrDefault(counter => counter.Doubt is null) is { } counter)
                        verdicts[expectation] = new(expectation, false, counter.Said) { Counter = counter, Tried = open[expectation] };
                    else
                        doubts.TryAdd(expectation, counters[0].Doubt!);
        }
        foreach (var (expectation, doubt) in doubts)
            verdicts.TryAdd(expectation, new(expectation, null, doubt) { Tried = open[expectation] });
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

    private string? ChanceOf(Expectation expectation) => AskingOf(expectation).Sort.Cases.Select(one => one.Chance).FirstOrDefault(chance => chance is not null);

    /// <summary>The runs that an expectation needs at a depth.</summary>
    private IEnumerable<(Case Case, IReadOnlyList<Fault> Faults)> Needed(Expectation expectation, int depth) =>
        from one in AskingOf(expectation).Sort.Cases
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
              where !first.Overlaps(second)
              select new[] { first, second };
    }

    /// <summary>Whether a failure counts for an expectation: what it names as `survives` are cables, NICs and switches, and none that is an end of all its questions.</summary>
    private bool Counts(Expectation expectation, Case one, Fault fault) =>
        (expectation.Survives is null || fault.Kind.IsCounted)
        && !(fault.Member is { } member && AskingOf(expectation).Standing.All(question => Ends.Has(layout, question, member)))
        && (fault.Vlan is not { } vlan || AskingOf(expectation).Sort.Asked.Any(stands => stands.Case.Questions[stands.At].Vlans.Contains(vlan)));

    private Asking AskingOf(Expectation expectation)
    {
        if (askings.TryGetValue(expectation.Questions, out var known))
            return known;
        // Who is asked for it decides what becomes of it, and which switch is an end of it.
        var (standing, told) = (new List<Question>(), new Dictionary<string, (Case, int)>(StringComparer.Ordinal));
        foreach (var question in expectation.Questions)
            if (asked[question] is var (one, at) && told.TryAdd(FormattableString.Invariant($"{cases.IndexOf(one)}.{at} {Switch(question.From)} {Switch(question.To)}"), (one, at)))
                standing.Add(question);
        var key = string.Join('\n', told.Keys);
        if (!sorts.TryGetValue(key, out var sort))
            sorts[key] = sort = new([.. standing.Select(question => asked[question])]);
        return askings[expectation.Questions] = new(sort, standing);

        string Switch(string name) => switches.Contains(name) ? name : "";
    }

    private void Run(IEnumerable<(Case Case, IReadOnlyList<Fault> Faults, int? Alone)> needed) =>
        Parallel.ForEach([.. needed.DistinctBy(run => (run.Case, Key(run.Faults), run.Alone)).SelectMany(run => run.Case.Flows, (run, shift) => (run.Case, run.Faults, run.Alone, Shift: shift)).Where(run => !runs.ContainsKey((run.Case, Key(run.Faults), Seed, run.Shift, run.Alone)))], run => Result(run.Case, run.Faults, Seed, run.Shift, run.Alone));

    private static string Key(IReadOnlyList<Fault> faults) => faults is [var only] ? only.Deed : string.Join(" then ", faults.Select(fault => fault.Deed));

    private Tried Result(Case one, IReadOnlyList<Fault> faults, ulong seed, int shift, int? alone = null) => runs.GetOrAdd((one, Key(faults), seed, shift, alone), _ => Trial.Run(one, faults, seed, shift, alone));

    /// <summary>Looks at every run of a depth.</summary>
    /// <returns>What refutes it where it is believed, the plainest of each failure first.</returns>
    private List<CounterExample> Look(Expectation expectation, int depth, List<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> tried)
    {
        var all = new List<CounterExample>();
        foreach (var (one, faults) in Needed(expectation, depth))
        {
            var (counters, bound) = Look(expectation, one, faults);
            tried.Add((Likened(expectation, one, faults), counters is [] or [{ IsTooLate: true, Doubt: not null }, ..], counters is [{ IsTooLate: true } late, ..] ? late.OutageNs ?? 0 : bound));
            all.AddRange(counters);
        }
        // Of several the plainest is told, whichever host it is of; what is in doubt refutes nothing.
        return [.. all.OrderBy(counter => counter.Faults.Select(fault => fault.Kind.Order).DefaultIfEmpty().Max()).ThenBy(counter => counter.Faults.Sum(fault => fault.Kind.Order))];
    }

    private (IReadOnlyList<CounterExample> Counters, long BoundNs) Look(Expectation expectation, Case one, IReadOnlyList<Fault> faults)
    {
        var asking = AskingOf(expectation);
        var key = (asking.Sort, expectation.WithinMs, one, Key(faults));
        if (!seen.TryGetValue(key, out var known))
            seen[key] = known = See(expectation, one, faults);
        if (known.Lost.Count == 0)
            return ([], known.BoundNs);
        var likened = Likened(expectation, one, faults);
        return ([.. known.Lost.Select(lost => Counter(expectation, asking.Standing[lost.Found.Stands], one, faults, likened, lost.Found.Outcome, lost.Found.Shift, $"{asking.Standing[lost.Found.Stands]}: {lost.Said}") with { IsStorm = lost.Found.Tried.IsStorm })], 0);
    }

    private Seen See(Expectation expectation, Case one, IReadOnlyList<Fault> faults)
    {
        var outcomes = Outcomes(expectation, one, faults, isAlone: false);
        // What is lost while all ask needs no further run.
        if (!Refuting(expectation, faults, outcomes).Any())
            outcomes.AddRange(Outcomes(expectation, one, faults, isAlone: true));
        var lost = Refuting(expectation, faults, outcomes).DistinctBy(lost => lost.Found.Stands).Select(lost => (lost.Found, lost.Said(lost.Found.Outcome))).ToList();
        return new(lost, faults.Count == 0 ? 0 : outcomes.Select(one => one.Outcome.OutageNs == 0 ? 0 : one.Outcome.OutageNs + one.Tried.SlackNs).DefaultIfEmpty().Max());
    }

    /// <param name="isAlone">Whether each question is asked by itself, or all at once.</param>
    private List<Found> Outcomes(Expectation expectation, Case one, IReadOnlyList<Fault> faults, bool isAlone) =>
        AskingOf(expectation) is var asking ?
        [.. from chance in Chanced(asking.Sort, one, isAlone)
            from shift in one.Flows
            let tried = Result(one, faults, chance.Seed, shift, chance.Alone)
            from stands in Enumerable.Range(0, asking.Standing.Count)
            let stood = asking.Sort.Asked[stands]
            where stood.Case == one && (chance.Alone is null || chance.Alone == stood.At) && !faults.Any(fault => fault.Member is { } member && Ends.Has(layout, asking.Standing[stands], member))
            select new Found(stands, shift, tried, tried.Outcomes[stood.At])] : [];

    /// <summary>The chances that are tried: of a scene without any, one, else several.</summary>
    private static IEnumerable<(ulong Seed, int? Alone)> Chanced(Sort sort, Case one, bool isAlone) =>
        isAlone ? Taught(sort, one).Select(at => (Seed, (int?)at))
        : one.Chance is null ? [(Seed, null)] : Enumerable.Range((int)Seed, Case.Chances).Select(seed => ((ulong)seed, (int?)null));

    /// <summary>
    /// Questions that are asked by themselves too, since others' frames may teach switches and neighbours where their answers come from, or keep a port alive. Who asks a switch beside him speaks for himself, and whom he
    /// asks stays where he is: of him nobody teaches anything.
    /// </summary>
    private static IEnumerable<int> Taught(Sort sort, Case one) =>
        one.Questions.Count == 1 ? []
        : from at in sort.Asked.Where(stood => stood.Case == one).Select(stood => stood.At).Distinct()
          where one.Questions[at] is { Asker: null } or { Asked: not null } or { Beside.Count: > 0 } || one.Chance is not null || one.IsListening
          select at;

    /// <summary>What became of a question in a run: of the one at that place among those that stand for others.</summary>
    private sealed record Found(int Stands, int Shift, Tried Tried, Outcome Outcome);

    /// <summary>What was seen of a sort of expectations under some failures: what is lost then, and if nothing is, the longest outage.</summary>
    private sealed record Seen(IReadOnlyList<(Found Found, string Said)> Lost, long BoundNs);

    private static IEnumerable<(Found Found, Func<Outcome, string> Said)> Refuting(Expectation expectation, IReadOnlyList<Fault> faults, List<Found> outcomes) =>
        from loss in Losses(expectation, faults)
        from found in outcomes
        where loss.IsLost(found.Tried, found.Outcome)
        select (found, loss.Said);

    /// <summary>What refutes an expectation, the plainest first.</summary>
    private static IEnumerable<(Func<Tried, Outcome, bool> IsLost, Func<Outcome, string> Said)> Losses(Expectation expectation, IReadOnlyList<Fault> faults)
    {
        yield return ((tried, _) => tried.IsStorm, _ => "frames go round and round");
        yield return ((_, outcome) => !outcome.IsAnswered, _ => faults.Count == 0 ? "not answered" : "no longer answered");
        yield return ((_, outcome) => !outcome.IsFullAnswered, _ => "small frames pass, and those of the full size are lost");
        if (faults.Count > 0 && expectation.WithinMs is { } within)
            yield return ((_, outcome) => outcome.OutageNs > within * 1_000_000, outcome => $"{(outcome.OutageNs == long.MaxValue ? "lost again and again" : $"silent for {Witness.Exactly(outcome.OutageNs)}")}, and {within} ms are allowed");
    }

    /// <summary>What fails, as those have it who ask here.</summary>
    private List<Fault> Likened(Expectation expectation, Case one, IReadOnlyList<Fault> faults) => [.. faults.Select(fault => AskingOf(expectation).Own(layout, one, fault))];

    /// <param name="faults">What fails, as the scene has it.</param>
    /// <param name="likened">The same as those have it who ask here.</param>
    private CounterExample Counter(Expectation expectation, Question question, Case one, IReadOnlyList<Fault> faults, IReadOnlyList<Fault> likened, Outcome outcome, int shift, string said)
    {
        var isFull = outcome.IsAnswered && !outcome.IsFullAnswered;
        // Silent for too long, and nothing else.
        var within = outcome.IsAnswered && outcome.IsFullAnswered ? expectation.WithinMs : null;
        var replay = new Lazy<Shown>(() => witness.Of(question, likened, isFull, shift, within));
        return new(likened, said)
        {
            IsFullSize = isFull,
            IsTooLate = within is not null,
            OutageNs = outcome.OutageNs == long.MaxValue ? null : outcome.OutageNs,
            Replay = replay,
            // What is refuted is refuted by a run that somebody can see, and by nothing less. A line of a file is run by itself; of those that nobody says, a hundred that are alike, the one that was asked.
            Believed = new(() => Uncarried(question) ?? ((expectation.IsSaid ? replay : Witnessed(one, faults, asked[question].At, isFull, shift, within, replay)).Value is { IsShown: false } shown ? Doubt(expectation, question, outcome, said, within, shown.LongestNs) : null)),
        };
    }

    private string Doubt(Expectation expectation, Question question, Outcome outcome, string said, long? within, long longestNs) =>
        within is not null ? $"{question}: silent for {Witness.Exactly(outcome.OutageNs)} when everybody has just looked, for {Witness.Exactly(longestNs)} at least in the longest run of the whole files, and {within} ms are allowed"
        : ChanceOf(expectation) is not null ? $"{said} in a run that chance chose, and in none of the whole files"
        : $"{said} while others ask too, and in no run of the whole files in which nobody else does";

    /// <summary>Why a loss says nothing of a question one of whose ends may send over a link that carries frames for a kernel, and none here; null where none does.</summary>
    private string? Uncarried(Question question)
    {
        var (one, at) = asked[question];
        var alike = one.Questions[at];
        foreach (var end in new[] { alike.Asker, alike.Asked }.OfType<End>().Concat(alike.Beside))
            if (one.Scene.Machine(end.Host.Name)?.Links.OfType<Silent>().FirstOrDefault(link => link.Uncarried.Length > 0 && Ends.IsOver(end.Host.Host, end.Link, link.Name)) is { } silent)
                return $"{question}: not answered here, where no frames are carried over a {silent.Uncarried} such as {silent.Name}";
        return null;
    }

    /// <summary>The run of the whole files of the question that stands for others.</summary>
    private Lazy<Shown> Witnessed(Case one, IReadOnlyList<Fault> faults, int at, bool isFull, int shift, long? within, Lazy<Shown> own)
    {
        var key = (one, at, Key(faults), isFull, shift, within);
        if (!witnessed.TryGetValue(key, out var known))
            witnessed[key] = known = own;
        return known;
    }

    private IEnumerable<string> Assumed() =>
    [
        .. layout.Notes,
        .. cases.SelectMany(one => one.Scene.Notes),
        .. Faults.Unbroken(layout).Select(link => $"the link {link} does not fail by itself: another that would take its place is down here"),
        .. layout.Boxes.Where(box => box.Others.Count > 0).Select(box => $"where {string.Join(" and ", box.Members)} lose their peer link, {string.Join(" and ", box.Others)} {(box.Others.Count == 1 ? "takes its" : "take their")} ports of groups down that the pair shares, and what else is plugged in there is cut off from {box.Name}"),
        "a second failure comes when all has settled from the first; what counts is who is answered in the last 3 s, when everything has settled that was set to wait",
        "an active-backup bond without a primary begins with its first port",
        "switches are Linux bridges with VLAN filtering, their groups Linux bonds (layer3+4), and no spanning tree runs between them",
        "kernels are Linux 6.1",
    ];
}
