// A kernel and its twin side by side. Steps go to both, the twin's written as text and read again, so that it sees nothing
// but the steps; their answers and the whole states that follow are compared. It observes as the kernel does, so whatever
// works on a kernel works on the two.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;

namespace Weft.RandomHosts;

/// <summary>Where the two went apart.</summary>
/// <param name="After">The steps that led there; the last one did it.</param>
/// <param name="Difference">`-` the kernel, `+` the twin.</param>
public sealed record Disagreement(IReadOnlyList<Step> After, IReadOnlyList<string> Difference)
{
    public override string ToString() => $"{string.Join("\n", After.TakeLast(8).Select(StepText.Of))}\nthe kernel (-) and the twin (+):\n  {string.Join("\n  ", Difference)}";
}

/// <param name="kernel">The kernel.</param>
/// <param name="makeTwin">Makes its twin of the first observation.</param>
/// <param name="files">The files that are applied: the MACs that they name are known.</param>
/// <param name="eachStep">Compare after every step, not only after every batch.</param>
public sealed class Twosome(IKernel kernel, Func<Observation, IKernel> makeTwin, IEnumerable<Host> files, bool eachStep) : IKernel
{
    private readonly List<Step> executed = [];
    private IKernel? twin;
    private HashSet<string>? known;

    /// <summary>The first disagreement; behind it nothing is compared any more.</summary>
    public Disagreement? Disagreement { get; private set; }

    /// <summary>How many times the whole states were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Step> Executed => executed;

    public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

    public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => kernel.LacksKinds(asked);

    public Observation Observe(Inquiry? inquiry = null)
    {
        var observation = kernel.Observe(inquiry);
        twin ??= makeTwin(kernel.Observe(Inquiry.Everything));
        known ??= Law.Known(observation, files);
        return observation;
    }

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        if (twin is null)
            Observe();
        var answers = ImmutableArray.CreateBuilder<Refusal?>(steps.Count);
        foreach (var run in eachStep ? steps.Chunk(1) : [[.. steps]])
        {
            var told = run.Select(StepCode.Write).ToList();
            var real = kernel.Execute(run);
            answers.AddRange(real);
            executed.AddRange(run);
            if (Disagreement is not null)
                continue;
            var twins = twin!.Execute([.. told.Select(text => StepCode.Read(text)!)]);
            List<string> difference =
            [
                .. real.Zip(twins).SelectMany((pair, at) => pair.First?.Errno == pair.Second?.Errno ? [] : new[] { $"- {StepText.Of(run[at])}: {pair.First?.ToString() ?? "done"}", $"+ {StepText.Of(run[at])}: {pair.Second?.ToString() ?? "done"}" }),
                .. Facts.Difference(Facts.Of(kernel.Observe(Inquiry.Everything), known!, hidden: true), Facts.Of(twin.Observe(Inquiry.Everything), known!, hidden: true)),
            ];
            Compared++;
            if (difference.Count > 0)
                Disagreement = new([.. executed], difference);
        }
        return answers.ToImmutable();
    }
}
