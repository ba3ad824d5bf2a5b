// Files with moves made in them: read, judged by the rules and run, each only as far as it comes.

using Weft.Check;
using Weft.Spec;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving.Advising;

/// <summary>The files as they are.</summary>
internal sealed class Origin
{
    private readonly Dictionary<string, int> errors;

    public Origin(IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts, ProofOptions options, Proven proven)
    {
        (Hosts, Texts, Options, Proven) = (hosts, texts, options, proven);
        (errors, _) = Judged(hosts, texts);
    }

    public IReadOnlyList<NamedHost> Hosts { get; }
    public IReadOnlyList<string> Texts { get; }
    public ProofOptions Options { get; }
    public Proven Proven { get; }

    /// <summary>How many errors and warnings the rules have of other texts; null where an error is new.</summary>
    public (int Errors, int Warnings)? Judge(IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts)
    {
        var (found, warnings) = Judged(hosts, texts);
        return found.All(rule => rule.Value <= errors.GetValueOrDefault(rule.Key)) ? (found.Values.Sum(), warnings) : null;
    }

    private static (Dictionary<string, int> Errors, int Warnings) Judged(IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts)
    {
        var found = hosts.SelectMany((host, at) => HostFile.Read(host.File, texts[at]).Findings.Concat(Checker.Look(host.Host))).ToList();
        return (found.Where(finding => finding.Severity == Severity.Error).GroupBy(finding => finding.Rule).ToDictionary(rule => rule.Key, rule => rule.Count(), StringComparer.Ordinal), found.Count(finding => finding.Severity == Severity.Warning));
    }
}

/// <summary>The files with some moves made in them.</summary>
internal sealed class Candidate
{
    private readonly Origin origin;

    private Candidate(Origin origin, IReadOnlyList<int> order, IReadOnlyList<Move> moves, IReadOnlyList<string> texts)
    {
        (this.origin, Order, Moves, Texts) = (origin, order, moves, texts);
        Lines = Enumerable.Range(0, texts.Count).Sum(at => ReferenceEquals(texts[at], origin.Texts[at]) ? 0 : UnifiedDiff.Changed(origin.Texts[at], texts[at]));
    }

    /// <summary>Where the moves stand among all.</summary>
    public IReadOnlyList<int> Order { get; }

    public IReadOnlyList<Move> Moves { get; }
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How many lines change.</summary>
    public int Lines { get; }

    /// <summary>What the rules still find.</summary>
    public (int Errors, int Warnings) Findings { get; private set; }

    public IReadOnlyList<NamedHost> Hosts { get; private set; } = [];

    /// <summary>It was found to withstand what refuted the expectation.</summary>
    public bool Withstood { get; private set; }

    /// <summary>The files are ones that can be run.</summary>
    public bool Runs { get; private set; }

    /// <returns>Null where a file has no such place, or nothing changes.</returns>
    public static Candidate? Of(Origin origin, IReadOnlyList<int> order, IReadOnlyList<Move> moves)
    {
        var texts = origin.Texts.ToArray();
        foreach (var change in moves.SelectMany(move => move.Changes))
            if (change.Edit.In(texts[change.File]) is { } edited)
                texts[change.File] = edited;
            else
                return null;
        return Enumerable.Range(0, texts.Length).All(at => texts[at] == origin.Texts[at]) ? null : new(origin, order, moves, texts);
    }

    /// <summary>Two changes together; null where they speak of the same key.</summary>
    public Candidate? With(Candidate other)
    {
        static IEnumerable<(int, string)> Keys(Candidate one) => one.Moves.SelectMany(move => move.Changes).Where(change => change.Edit is not Edit.Append).Select(change => (change.File, string.Join('/', [.. change.Edit.Path, change.Edit.Key])));
        return Keys(this).Intersect(Keys(other)).Any() ? null : Of(origin, [.. Order, .. other.Order], [.. Moves, .. other.Moves]);
    }

    /// <summary>Whether the files can be read, the rules find no new error in them, and the expectation holds where it was refuted.</summary>
    public bool Withstands(Verdict verdict)
    {
        var hosts = new List<NamedHost>();
        foreach (var (host, at) in origin.Hosts.Select((host, at) => (host, at)))
        {
            if (ReferenceEquals(Texts[at], origin.Texts[at]))
            {
                hosts.Add(host);
                continue;
            }
            var reading = HostFile.Read(host.File, Texts[at]);
            if (reading.Host is null || reading.HasErrors)
                return false;
            hosts.Add(host with { Host = reading.Host });
        }
        Hosts = hosts;
        if (origin.Judge(hosts, Texts) is not { } found || Staged(verdict) is not var (proof, expectation))
            return false;
        Findings = found;
        Runs = true;
        return Withstood = proof.Withstands(expectation, verdict.Counter!.Faults);
    }

    /// <summary>Whether the expectation is proven now.</summary>
    public bool Mends(Verdict verdict) => Staged(verdict) is var (proof, expectation) && proof.Judge([expectation]).Verdicts[0].Holds == true;

    private (Proof Proof, Expectation Expectation)? Staged(Verdict verdict)
    {
        var wanted = Keys([.. origin.Proven.Verdicts.Select(one => one.Expectation)])[Enumerable.Range(0, origin.Proven.Verdicts.Count).First(at => ReferenceEquals(origin.Proven.Verdicts[at], verdict))];
        return Proof.Of(Hosts, origin.Options, all => Keys(all) is var keys ? all.Where((_, at) => keys[at] == wanted) : []) is var (proof, expectations) && expectations.Count == 1 ? (proof, expectations[0]) : null;
    }

    /// <summary>
    /// Everything proven anew; null where something that held is refuted, or no line of the file says it any more. What nobody said may go: it is asked of an
    /// address that is there.
    /// </summary>
    public (IReadOnlyList<Expectation> Mended, int Kept)? Whole()
    {
        if (Proof.Of(Hosts, origin.Options).Proven is not { } now)
            return null;
        var after = now.Verdicts.Zip(Keys([.. now.Verdicts.Select(one => one.Expectation)])).ToDictionary(pair => pair.Second, pair => pair.First);
        var (mended, kept) = (new List<Expectation>(), 0);
        foreach (var (before, key) in origin.Proven.Verdicts.Zip(Keys([.. origin.Proven.Verdicts.Select(one => one.Expectation)])))
        {
            if (!after.TryGetValue(key, out var then))
            {
                if (before.Expectation.IsSaid)
                    return null;
            }
            else if (before.Holds == true && then.Holds != true)
                return null;
            else if (before.Holds is null && then.Holds == false)
                return null;
            else if (before.Holds == false && then.Holds == true)
                mended.Add(before.Expectation);
            else
                kept += before.Holds == true ? 1 : 0;
        }
        return (mended, kept);
    }

    /// <summary>What tells expectations of two states of the files to be the same: the words of the file, or whose address is asked of.</summary>
    private static List<string> Keys(IReadOnlyList<Expectation> expectations)
    {
        var (keys, count) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var expectation in expectations)
        {
            var question = expectation.Questions is [var first, ..] ? first : null;
            var end = question?.Asked ?? question?.Asker;
            var key = expectation.IsSaid || end is null ? $"said {expectation.Text}" : $"{(end.Guest is null ? "host" : "guest")} {end.Machine} {end.Own}";
            count[key] = count.GetValueOrDefault(key) + 1;
            keys.Add($"{key} {count[key]}");
        }
        return keys;
    }
}
