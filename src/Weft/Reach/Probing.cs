// Probes before a change and after it. What did not pass before is not asked for after: a change is not undone for what was
// broken already. After, every probe has as much time as the change may need, and none of it is spent once all have passed.
// Everything happens on the caller's thread, waiting included: sockets belong to the network namespace of a thread.

using System.Collections.Immutable;

namespace Weft.Reach;

/// <summary>A probe that did not pass, and why.</summary>
public sealed record Failed(Probe Probe, string Why)
{
    public override string ToString() => $"{Probe}: {Why}";
}

/// <summary>Asks before a change, and after it.</summary>
public static class Probing
{
    /// <summary>How long between two rounds of asking.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The probes that must pass after the change: those whose question is answered now.</summary>
    public static ImmutableArray<Probe> Before(IReadOnlyList<Asked> probes, IProber prober)
    {
        Asked[] possible = [.. probes.Where(asked => asked.Before is not null)];
        var answers = Answers(prober, [.. possible.Select(asked => asked.Before!)]);
        return [.. possible.Zip(answers).Where(pair => pair.Second is null).Select(pair => pair.First.After)];
    }

    /// <summary>
    /// Asks until all have passed, then asks all once more; returns those that fail when the patience has ended. Empty: the change stands.
    /// </summary>
    /// <param name="those">What passed before.</param>
    /// <param name="prober">Who asks.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="patience">How long at most, but for the round that is under way then.</param>
    /// <param name="stop">Ends the asking early; what had not passed then is returned.</param>
    public static ImmutableArray<Failed> After(ImmutableArray<Probe> those, IProber prober, TimeProvider clock, TimeSpan patience, Func<bool> stop)
    {
        var began = clock.GetTimestamp();
        for (var asked = those; ;)
        {
            var failed = Round(asked, prober);
            // One that passed early may have failed since: a port whose bond only now agreed with the switch takes another way.
            if (failed.IsEmpty && asked.Length < those.Length)
                failed = Round(those, prober);
            var left = patience - clock.GetElapsedTime(began);
            if (failed.IsEmpty || left <= TimeSpan.Zero || stop())
                return failed;
            Task.Delay(left < Poll ? left : Poll, clock).GetAwaiter().GetResult();
            asked = [.. failed.Select(one => one.Probe)];
        }
    }

    private static ImmutableArray<Failed> Round(ImmutableArray<Probe> probes, IProber prober) =>
        [.. probes.Zip(Answers(prober, probes)).Where(pair => pair.Second is not null).Select(pair => new Failed(pair.First, pair.Second!))];

    private static ImmutableArray<string?> Answers(IProber prober, IReadOnlyList<Probe> probes)
    {
        if (probes.Count == 0)
            return [];
        var answers = prober.Ask(probes);
        return answers.Length == probes.Count ? answers : throw new InvalidOperationException($"{probes.Count} probes were asked, and {answers.Length} answers came");
    }
}
