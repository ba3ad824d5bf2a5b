// Expectations that ask the same of the same runs: a thousand networks that are alike are looked at once, and so is a line that a whole rack repeats.

using Weft.Topology;

namespace Weft.Twin.Proving;

/// <summary>What expectations have in common whose questions are asked by the same.</summary>
/// <param name="Asked">Who is asked for them, each once, in the order of their questions.</param>
internal sealed class Sort(IReadOnlyList<(Case Case, int At)> asked)
{
    public IReadOnlyList<(Case Case, int At)> Asked { get; } = asked;

    public IReadOnlyList<Case> Cases { get; } = [.. asked.Select(one => one.Case).Distinct()];
}

/// <summary>An expectation's questions.</summary>
/// <param name="Sort">Of what sort they are.</param>
/// <param name="Standing">Those that stand for the others of theirs, in the order of the sort.</param>
internal sealed record Asking(Sort Sort, IReadOnlyList<Question> Standing)
{
    private readonly Dictionary<Case, (Dictionary<string, string> Hosts, Dictionary<long, long> Vlans, Dictionary<Fault, Fault> Faults)> known = [];

    /// <summary>A fault, as those have it who ask here: who was asked for them may be on another host, and in another VLAN.</summary>
    public Fault Own(Layout layout, Case one, Fault fault)
    {
        if (!known.TryGetValue(one, out var likened))
            known[one] = likened = Likened(one);
        if (!likened.Faults.TryGetValue(fault, out var own))
            likened.Faults[fault] = own = Faults.Of(fault, layout, likened.Hosts, likened.Vlans);
        return own;
    }

    private (Dictionary<string, string>, Dictionary<long, long>, Dictionary<Fault, Fault>) Likened(Case one)
    {
        var (hosts, vlans) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<long, long>());
        foreach (var (question, at) in Standing.Zip(Sort.Asked).Where(pair => pair.Second.Case == one).Select(pair => (pair.First, pair.Second.At)))
            foreach (var (alike, own) in new[] { (one.Questions[at].Asker, question.Asker), (one.Questions[at].Asked, question.Asked) })
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
        return (hosts, vlans, new(ReferenceEqualityComparer.Instance));
    }
}
