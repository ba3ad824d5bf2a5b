// What came of an expectation.

using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>What makes an expectation fail.</summary>
/// <param name="Faults">What fails, in this order, each when all has settled from the one before; empty where nothing needs to.</param>
/// <param name="Said">What is lost then, a sentence's second half.</param>
internal sealed record CounterExample(IReadOnlyList<Fault> Faults, string Said)
{
    /// <summary>Only frames of the full size are lost.</summary>
    public bool IsFullSize { get; init; }

    /// <summary>For how long nothing came through, in nanoseconds; null where nothing came through again.</summary>
    public long? OutageNs { get; init; }

    /// <summary>It is answered again, and too late.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>Frames went round and round.</summary>
    public bool IsStorm { get; init; }

    /// <summary>Runs it on the whole files, once, when somebody wants to see it.</summary>
    internal Lazy<Shown>? Replay { get; init; }

    /// <summary>The `weft simulate` that shows it.</summary>
    public string Command => Replay?.Value.Command ?? "";

    /// <summary>What that command tells.</summary>
    internal IReadOnlyList<SimulatedHappening> Happenings => Replay?.Value.Happenings ?? [];

    /// <summary>Whether that command was seen to show it.</summary>
    public bool IsShown => Replay?.Value.IsShown == true;

    /// <summary>Looks whether the whole files show it, once, where somebody is to believe it.</summary>
    internal Lazy<string?>? Believed { get; init; }

    /// <summary>Why nothing is refuted by what no run of the whole files shows; null where one does.</summary>
    internal string? Doubt => Believed?.Value;
}

/// <summary>An expectation, judged.</summary>
/// <param name="Holds">True: proven. False: refuted. Null: undecided, and <paramref name="Why"/> says why.</param>
internal sealed record Verdict(Expectation Expectation, bool? Holds, string Why)
{
    /// <summary>Chance has a part in what becomes of it: it is proven of no network like that.</summary>
    public bool IsChance { get; init; }

    /// <summary>Of what is refuted, the shortest one.</summary>
    public CounterExample? Counter { get; init; }

    /// <summary>Everything that was tried, and whether it holds then; in the order in which it was tried. Of what does not hold, a bound above 0 is an outage that is too long.</summary>
    public IReadOnlyList<(IReadOnlyList<Fault> Faults, bool Holds, long BoundNs)> Tried { get; init; } = [];

    /// <summary>The longest outage that any failure that it survives may cost, whenever it comes; in nanoseconds.</summary>
    public long WorstNs => Tried.Where(one => one.Holds).Select(one => one.BoundNs).DefaultIfEmpty().Max();
}

/// <summary>What a proof says.</summary>
public sealed class Proven
{
    internal Proven(IReadOnlyList<Verdict> verdicts, IReadOnlyList<string> assumed) => (Verdicts, Assumed) = (verdicts, assumed);

    /// <summary>Expectations of the files first, in their order.</summary>
    internal IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>What it rests on, a sentence each.</summary>
    public IReadOnlyList<string> Assumed { get; }

    /// <summary>What it was proven of.</summary>
    internal Topology.Layout? Layout { get; init; }

    /// <summary>How many runs it took, how many questions there were, and how many of them were asked: those that differ.</summary>
    internal (int Runs, int Questions, int Asked) Effort { get; init; }
}
