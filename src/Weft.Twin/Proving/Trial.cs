// A scene run through failures, one after the other, and what became of each question: whether it is answered when all has settled, with small frames
// and with the largest, and for how long it was not.
//
// Before the last failure everybody who looks every so often has just looked: nothing can be noticed later than that.

using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>What became of a question.</summary>
/// <param name="IsAnswered">Every echo, when all had settled.</param>
/// <param name="IsFullAnswered">The same of frames of the full size.</param>
/// <param name="OutageNs">From the moment of the last failure to the first frame through after the last one that was lost; 0 where none was; <see cref="long.MaxValue"/> where none came through again.</param>
internal sealed record Outcome(bool IsAnswered, bool IsFullAnswered, long OutageNs);

/// <summary>What became of a scene.</summary>
/// <param name="Outcomes">In the order of the questions.</param>
/// <param name="SlackNs">By how much an outage could have been longer, had those looked at another moment who noticed something that followed from something else.</param>
internal sealed record Tried(IReadOnlyList<Outcome> Outcomes, bool IsStorm, long SlackNs);

internal static class Trial
{
    private const long MostEvents = 20_000_000;

    /// <summary>How long everybody speaks before anything fails.</summary>
    private const long WarmUp = 3 * VirtualTime.Second;

    /// <summary>
    /// Where something has just happened, a failure or what somebody made of one, echoes follow each other so closely that an outage is told to 10 ms; later less and less.
    /// </summary>
    private static readonly (long Until, long Every)[] Paces = [(VirtualTime.Second, 10 * VirtualTime.Millisecond), (5 * VirtualTime.Second, 100 * VirtualTime.Millisecond), (long.MaxValue, 500 * VirtualTime.Millisecond)];

    /// <param name="case">What runs.</param>
    /// <param name="faults">What fails, in this order: each when all has settled from the one before.</param>
    /// <param name="seed">When machines start, and so when they look.</param>
    /// <param name="shift">Which of the flows: a hash may send one by a port that works, and the next by one that does not.</param>
    /// <param name="alone">The one question that is asked, where the others' frames could teach somebody a way; null where all are.</param>
    public static Tried Run(Case @case, IReadOnlyList<Fault> faults, ulong seed, int shift, int? alone = null)
    {
        var scene = @case.Scene.Again(seed, shift);
        var (world, time) = (scene.World, scene.World.Time);
        if (!scene.Settle())
            return Storm(@case);
        var echoes = @case.Questions.Select((question, at) => alone is null || alone == at ? new Echoes(scene, question) : null).ToList();
        foreach (var asked in echoes)
            asked?.Start();
        time.RunUntil(time.Now + WarmUp, MostEvents);
        var settling = Settling(scene, faults.Any(fault => fault.Kind == FaultKind.Lacp));
        for (var at = 0; at < faults.Count; at++)
        {
            var isLast = at == faults.Count - 1;
            if (isLast)
                world.HaveLooked();
            foreach (var word in faults[at].Words)
                Happen(scene, word);
            if (!isLast && !Run(world, time.Now + settling))
                return Storm(@case);
        }
        var failed = time.Now;
        var later = new Dictionary<(Machine, string), long>();
        var hearing = new Hearing(world, [.. echoes.OfType<Echoes>()], failed, isCalm: faults.Count == 0);
        world.Listener = happening =>
        {
            Later(happening, failed, later);
            hearing.Quicken();
        };
        var settled = faults.Count > 0 ? settling : 0;
        if (Hear(failed + settled + Echoes.Tail) is not { } outcomes)
            return Storm(@case);
        // Neighbours that ask each other anew, half a minute later, may mend what nobody was set to wait for: what is lost by then is lost in the run that somebody looks at too.
        if (outcomes.Exists(outcome => !outcome.IsAnswered || !outcome.IsFullAnswered) && (outcomes = Hear(failed + Math.Max(Simulation.UsualAfterwardsMs * VirtualTime.Millisecond, settled + Witness.Afterwards))) is null)
            return Storm(@case);
        return new(outcomes, false, later.Values.Sum());

        List<Outcome>? Hear(long end) => hearing.Run(end) && hearing.Run(end + Echoes.Patience) ? [.. echoes.Select(asked => asked?.Of(failed, end) ?? new(true, true, 0))] : null;
    }

    /// <summary>Echoes at the pace that tells most: close upon each other from whatever happens on.</summary>
    private sealed class Hearing
    {
        private readonly World world;
        private readonly List<Echoes> echoes;
        private readonly long failed;
        private long every, last;

        public Hearing(World world, List<Echoes> echoes, long failed, bool isCalm)
        {
            (this.world, this.echoes, this.failed) = (world, echoes, failed);
            // Nothing failed: then it is as if all had been long ago.
            last = isCalm ? failed - Paces[^2].Until : failed;
            Pace();
        }

        /// <summary>Something happened just now: what it takes away is missed from this moment on.</summary>
        public void Quicken()
        {
            last = world.Time.Now;
            Pace();
        }

        public bool Run(long until)
        {
            while (world.Time.Now < until)
            {
                Pace();
                var slower = Array.Find(Paces, pace => world.Time.Now - last < pace.Until).Until;
                if (!Trial.Run(world, Math.Min(until, Math.Min(world.Time.Now + VirtualTime.Second, slower == long.MaxValue ? slower : last + slower))))
                    return false;
                foreach (var asked in echoes)
                    asked.Note(failed, world.Time.Now);
            }
            return true;
        }

        private void Pace()
        {
            var now = Array.Find(Paces, pace => world.Time.Now - last < pace.Until).Every;
            if (now == every)
                return;
            every = now;
            foreach (var asked in echoes)
                asked.Pace(now);
        }
    }

    private static Tried Storm(Case @case) => new([.. @case.Questions.Select(_ => new Outcome(false, false, long.MaxValue))], true, 0);

    private static bool Run(World world, long until)
    {
        while (world.Time.Now < until && !world.IsStorming)
            if (!world.Time.RunUntil(Math.Min(until, world.Time.Now + VirtualTime.Second), MostEvents))
                return false;
        return !world.IsStorming;
    }

    private static void Happen(Scene scene, string word)
    {
        var (failure, wrong, _) = Failure.Read(scene, $"{word}@0s", isRepair: false);
        (failure ?? throw new InvalidOperationException($"{word}: {wrong}")).Happen();
    }

    /// <summary>How long everything may take that was set to wait: polls and delays, LACP's timeouts, spanning trees.</summary>
    internal static long Settling(Scene scene, bool isLacpSilent)
    {
        var longest = 2 * VirtualTime.Second;
        foreach (var link in scene.All.SelectMany(pair => pair.Machine.Links))
            longest = Math.Max(longest, link switch
            {
                Bond bond => Waits.Of(bond, isLacpSilent),
                Bridge bridge => Waits.Of(bridge),
                _ => 0,
            });
        return longest;
    }

    /// <summary>Who noticed something after its first look could have looked later still, by the whole time between two looks.</summary>
    private static void Later(Happening happening, long failed, Dictionary<(Machine, string), long> later)
    {
        foreach (var bond in happening.Machine.Links.OfType<Bond>().Where(bond => bond == happening.Device || bond.Ports.Exists(port => port.Device == happening.Device)))
            if (Waits.Look(bond) is var look && happening.At > failed + look)
                later[(happening.Machine, bond.Name)] = Math.Max(later.GetValueOrDefault((happening.Machine, bond.Name)), happening.Did.StartsWith("lacp-", StringComparison.Ordinal) ? Waits.Periodic(bond) : look);
    }
}
