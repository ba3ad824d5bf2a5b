// A planner's mistakes, planted between it and a kernel: the steps of a batch in a wrong order. A law that does not notice
// them proves nothing.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.RandomHosts;

/// <summary>A kernel that is sent the steps in another order.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="spoil">The steps as they are sent instead, each with the one it came of.</param>
public sealed class Faulty(IKernel kernel, Func<IReadOnlyList<Step>, IEnumerable<(Step Sent, Step Of)>> spoil) : IKernel
{
    public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

    public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => kernel.LacksKinds(asked);

    public Observation Observe(Inquiry? inquiry = null) => kernel.Observe(inquiry);

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        var sent = spoil(steps).ToList();
        var answers = kernel.Execute([.. sent.Select(pair => pair.Sent)]);
        return [.. steps.Select(step => sent.Zip(answers).FirstOrDefault(pair => ReferenceEquals(pair.First.Of, step) && pair.Second is not null).Second)];
    }

    /// <summary>MTUs are set in the reverse order: above before below.</summary>
    public static IEnumerable<(Step, Step)> MtusReversed(IReadOnlyList<Step> steps)
    {
        var backwards = new Stack<Step>(steps.Where(SetsMtu));
        return steps.Select(step => SetsMtu(step) ? backwards.Pop() : step).Select(step => (step, step));
    }

    private static bool SetsMtu(Step step) => step is Step.OfLink { Verb: Verb.Set } link && link.Settings.Has(Table.Mtu);

    /// <summary>A bond that is made is told its mode once it has its ports.</summary>
    public static IEnumerable<(Step, Step)> ModeAfterPorts(IReadOnlyList<Step> steps)
    {
        var late = new List<(Step.OfLink Sent, Step Of)>();
        foreach (var step in steps)
            if (step is Step.OfLink { Verb: Verb.Add } bond && bond.Kind == LinkKind.Bond && bond.Settings.Has(BondLines.Mode))
            {
                late.Add((bond with { Verb = Verb.Set, Settings = Settings.Empty.With(BondLines.Mode, bond.Settings.Get(BondLines.Mode)!.Value) }, step));
                yield return (bond with { Settings = bond.Settings.Without(BondLines.Mode) }, step);
            }
            else
                yield return (step, step);
        foreach (var (sent, of) in late)
            yield return (sent, of);
    }
}
