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

    /// <summary>At first echoes follow each other so closely that an outage is told to 10 ms; later less and less.</summary>
    private static readonly (long Until, long Every)[] Paces = [(VirtualTime.Second, 10 * VirtualTime.Millisecond), (5 * VirtualTime.Second, 100 * VirtualTime.Millisecond), (long.MaxValue, 500 * VirtualTime.Millisecond)];

    /// <summary>How long everybody must be answered at the end.</summary>
    private const long Tail = 3 * VirtualTime.Second;

    private const long Patience = VirtualTime.Second;

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
        var pings = @case.Questions.Select((question, at) => alone is null || alone == at ? Pings(scene, question) : []).ToList();
        foreach (var ping in pings.SelectMany(asked => asked))
            ping.Start();
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
        world.Listener = happening => Later(happening, failed, later);
        foreach (var (until, every) in Paces)
        {
            foreach (var asked in pings.Where(asked => asked.Length > 0))
            {
                // The full size is asked for whether it passes, and not for how long it does not.
                (asked[0].Every, asked[1].Every) = (every, VirtualTime.Second / 2);
                asked[0].Start();
            }
            if (faults.Count > 0 && until < settling && !Run(world, failed + until))
                return Storm(@case);
        }
        if (!Run(world, failed + (faults.Count > 0 ? settling : 0) + Tail))
            return Storm(@case);
        var end = time.Now;
        if (!Run(world, end + Patience))
            return Storm(@case);
        return new([.. pings.Select(asked => Of(asked, failed, end, time.Now))], false, later.Values.Sum());
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

    /// <summary>A question's echoes: small ones, and those of the full size.</summary>
    private static Ping[] Pings(Scene scene, Question question)
    {
        var (machine, source) = (scene.Machine(question.From)!, question.Asker?.Own.Address);
        // What has an address in a VRF is asked for, and asks, in it.
        var over = source is null ? null : machine.Stack.Links.Find(link => link.Has(IpAddr.Of(source)))?.Domain;
        Ping Make(int size) => new(machine, question.Target) { Source = source, Over = over, Size = size, Every = VirtualTime.Second / 2, Remembers = 512 };
        return [Make(Ping.UsualSize), Make(FullSize.Of(scene, machine, source, scene.Machine(question.To)!, question.Target))];
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

    private static Outcome Of(Ping[] pings, long failed, long end, long now) => pings.Length == 0 ? new(true, true, 0) : new(HasAll(pings[0], end), HasAll(pings[1], end), Outage(pings[0], failed, now));

    /// <summary>Whether every echo of the tail was answered.</summary>
    private static bool HasAll(Ping ping, long end)
    {
        for (var probe = ping.Sent - 1; probe >= ping.First && ping.SentAt(probe) >= end - Tail; probe--)
            if (ping.SentAt(probe) < end && IsLost(ping, probe))
                return false;
        return true;
    }

    private static long Outage(Ping ping, long failed, long now)
    {
        for (var (probe, through) = (ping.Sent - 1, long.MaxValue); probe >= ping.First; probe--)
            if (ping.SentAt(probe) + Patience > now)
                continue;
            else if (ping.SentAt(probe) < failed)
                break;
            else if (IsLost(ping, probe))
                return through == long.MaxValue ? through : through - failed;
            else
                through = ping.AnsweredAt(probe);
        return 0;
    }

    private static bool IsLost(Ping ping, long probe) => ping.AnsweredAt(probe) == Ping.NotAnswered || ping.AnsweredAt(probe) - ping.SentAt(probe) > Patience;
}
