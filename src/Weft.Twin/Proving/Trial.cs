// A scene run through failures, one after the other, and what became of each question: whether it is answered when all has settled, with small frames
// and with the largest, and for how long it was not.
//
// Each question is asked by several flows, because a hash may send one by a port that works and the next by one that does not. Before the last
// failure everybody who looks every so often has just looked: nothing can be noticed later than that.

using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>What became of a question.</summary>
/// <param name="IsAnswered">Every echo of every flow, when all had settled.</param>
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

    /// <summary>How many flows ask where a hash looks at more than who the two are: enough that each of four ports gets one.</summary>
    private const int ManyFlows = 8;

    /// <summary>How long everybody speaks before anything fails.</summary>
    private const long WarmUp = 3 * VirtualTime.Second;

    /// <summary>At first echoes follow each other so closely that an outage is told to 10 ms; later less and less.</summary>
    private static readonly (long Until, long Every)[] Paces = [(VirtualTime.Second, 10 * VirtualTime.Millisecond), (5 * VirtualTime.Second, 100 * VirtualTime.Millisecond), (long.MaxValue, 500 * VirtualTime.Millisecond)];

    /// <summary>How long everybody must be answered at the end.</summary>
    private const long Tail = 3 * VirtualTime.Second;

    private const long Patience = VirtualTime.Second;

    /// <summary>Headers of an echo behind the Ethernet header.</summary>
    private const int Headers4 = 28, Headers6 = 48;

    /// <param name="case">What runs.</param>
    /// <param name="faults">What fails, in this order: each when all has settled from the one before.</param>
    /// <param name="seed">When machines start, and so when they look.</param>
    /// <param name="alone">The one question that is asked, where the others' frames could teach somebody a way; null where all are.</param>
    public static Tried Run(Case @case, IReadOnlyList<Fault> faults, ulong seed, int? alone = null)
    {
        var scene = @case.Scene.Again(seed);
        var (world, time) = (scene.World, scene.World.Time);
        if (!scene.Settle())
            return Storm(@case);
        var pings = @case.Questions.Select((question, at) => alone is null || alone == at ? Pings(scene, question, at) : []).ToList();
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
            foreach (var ping in pings.SelectMany(asked => asked))
            {
                ping.Every = every;
                ping.Start();
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

    /// <summary>The flows of a question: small frames, and as many of the full size.</summary>
    private static List<Ping> Pings(Scene scene, Question question, int at)
    {
        var machine = scene.Machine(question.From)!;
        var (flows, source) = (FlowsOf(scene), question.Asker?.Own.Address);
        var headers = question.Target.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? Headers4 : Headers6;
        var mtu = MtuOf(scene, question);
        Ping Make(int flow, int size) => new(machine, question.Target, (ushort)(1000 + (((at * 2 * ManyFlows) + flow) % 60_000))) { Source = source, Size = size, Every = VirtualTime.Second / 2, Remembers = 512 };
        return [.. Enumerable.Range(0, flows).Select(flow => Make(flow, 56)), .. Enumerable.Range(0, flows).Select(flow => Make(flows + flow, mtu - headers))];
    }

    /// <summary>Who hashes, and whoever is at the other end of a group, sends one flow by this port and the next by that.</summary>
    private static int FlowsOf(Scene scene) => scene.All.SelectMany(pair => pair.Machine.Links).OfType<Bond>().All(bond => bond.Mode is ActiveBackup || bond.Ports.Count < 2) ? 1 : ManyFlows;

    /// <summary>The largest packet that an end may send, as its own link says; a switch speaks in the size of whom it asks.</summary>
    private static int MtuOf(Scene scene, Question question)
    {
        var (name, end) = question.Asker is { } asker ? (question.From, asker) : (question.To, question.Asked);
        foreach (var link in scene.Machine(name)!.Stack.Links)
            foreach (var own in link.Addresses)
                if (own.Address.ToAddress().Equals(end?.Own.Address ?? question.Target))
                    return link.Device.Mtu;
        return 1500;
    }

    /// <summary>How long everything may take that was set to wait: polls and delays, LACP's timeouts, spanning trees.</summary>
    private static long Settling(Scene scene, bool isLacpSilent)
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

    private static Outcome Of(List<Ping> pings, long failed, long end, long now)
    {
        var flows = pings.Count / 2;
        var outage = 0L;
        foreach (var ping in pings.Take(flows))
            outage = Math.Max(outage, Outage(ping, failed, now));
        return new(pings.Take(flows).All(ping => HasAll(ping, end)), pings.Skip(flows).All(ping => HasAll(ping, end)), outage);
    }

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
