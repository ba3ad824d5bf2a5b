// A process that can die: at each write to a disk of its and each step to its kernel, just before it or just after. What it
// wrote and sent until then stays, as it does when one is killed. With no mortality nothing of this is in the way: it is put
// around disk and kernel by who wants to see a death, and by nobody else.

using System.Collections.Immutable;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>The process is dead, where it dies in play.</summary>
public sealed class Died() : Exception("killed here");

/// <summary>Counts the points at which a process may die, and dies at one of them.</summary>
/// <param name="at">The point to die at, from 0; below zero at none.</param>
/// <param name="die">How; without it by <see cref="Died"/>.</param>
/// <param name="trail">Told of every point before it is passed: what is done there.</param>
public sealed class Mortality(int at, Action? die = null, Action<string>? trail = null)
{
    /// <summary>How many points were passed.</summary>
    public int Passed { get; private set; }

    public void Point(string what = "")
    {
        trail?.Invoke(what);
        if (Passed++ != at)
            return;
        die?.Invoke();
        throw new Died();
    }
}

/// <summary>A disk in the hands of a process that may die.</summary>
public sealed class MortalDisk(IDisk disk, Mortality mortality) : IDisk
{
    public string PathOf(string name) => disk.PathOf(name);

    public (string? Text, string? Wrong) Read(string name) => disk.Read(name);

    public string? Write(string name, Action<Stream> content) => Around($"write {name}", () => disk.Write(name, content));

    public string? Remove(string name) => Around($"remove {name}", () => disk.Remove(name));

    private string? Around(string what, Func<string?> act)
    {
        mortality.Point($"before {what}");
        var wrong = act();
        mortality.Point($"after {what}");
        return wrong;
    }
}

/// <summary>A kernel in the hands of a process that may die: also with a batch half sent.</summary>
public sealed class MortalKernel(IKernel kernel, Mortality mortality) : IKernel
{
    public Observation Observe(Inquiry? inquiry = null) => kernel.Observe(inquiry);

    public IReadOnlyCollection<Model.LinkKind> LacksKinds(IReadOnlyCollection<Model.LinkKind> asked) => kernel.LacksKinds(asked);

    public IReadOnlyCollection<Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        mortality.Point("before a batch");
        var answers = ImmutableArray.CreateBuilder<Refusal?>(steps.Count);
        foreach (var step in steps)
        {
            answers.AddRange(kernel.Execute([step]));
            mortality.Point("after a step");
        }
        return answers.ToImmutable();
    }
}
