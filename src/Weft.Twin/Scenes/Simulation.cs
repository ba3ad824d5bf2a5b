// A scene run through a list of failures: what noticed what and when, what moved, and which conversations lost how much. The
// moment 0 is when the scene has settled and everybody has spoken with everybody once.

using System.Net;
using Weft.Twin.Flows.Captures;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Scenes;

/// <summary>A change of state, a failure or a silence, as a simulation tells of it.</summary>
/// <param name="AtNs">In nanoseconds from the start.</param>
/// <param name="Machine">The host, switch or guest; empty where it happened to a cable, or between two machines.</param>
internal sealed record SimulatedHappening(long AtNs, string Machine, string Device, string Did, string Why)
{
    /// <summary>Of what was lost, when something was answered again; null of everything else, and where nothing was.</summary>
    public long? UntilNs { get; init; }
}

/// <summary>What a conversation lost.</summary>
/// <param name="LongestNs">The longest silence in nanoseconds; 0 where all was answered.</param>
internal sealed record Loss(string Network, string From, string To, IPAddress Target, long Sent, long Lost, long Duplicates, long LongestNs)
{
    /// <summary>How long the end of a run is, in which what is lost is lost for good.</summary>
    internal const long End = 3 * VirtualTime.Second;

    /// <summary>How many echoes were lost in the last 3 s.</summary>
    public long LostAtEnd { get; init; }
}

/// <summary>The one conversation that somebody wants to hear alone: host, guest or switch by name, or an address.</summary>
/// <param name="IsFull">Packets as large as the sender's link allows, which nobody may cut up.</param>
public sealed record Chosen(string From, string To, bool IsFull = false);

/// <summary>What came of it.</summary>
/// <param name="IsStorm">Frames went round and round, and the run ended there.</param>
public sealed record Simulated(bool IsStorm)
{
    internal IReadOnlyList<SimulatedHappening> Happenings { get; init; } = [];
    internal IReadOnlyList<Loss> Losses { get; init; } = [];

    /// <summary>How long it ran, in nanoseconds.</summary>
    internal long EndNs { get; init; }
}

public static class Simulation
{
    public const int UsualEveryMs = 10;

    /// <summary>How long a run goes on after the last failure, where nobody says: spanning trees are through by then.</summary>
    public const int UsualAfterwardsMs = 40_000;

    /// <summary>How long everybody speaks before the moment 0, so that neighbours and bridges know each other.</summary>
    private const long WarmUp = 3 * VirtualTime.Second;

    /// <summary>What a second of many machines takes is some hundred thousand; what takes more is a storm.</summary>
    private const long MostEvents = 20_000_000;

    /// <summary>More echoes than this are not run: each is remembered, in 16 bytes.</summary>
    private const long MostEchoes = 20_000_000;

    /// <summary>Runs a scene that has not run yet.</summary>
    /// <param name="everyMs">How often each conversation asks.</param>
    /// <param name="forMs">How long, from the moment 0.</param>
    /// <param name="record">Makes the file of a cable, by its name; null where nothing is recorded.</param>
    /// <param name="chosen">The one conversation that is heard; null where everybody speaks.</param>
    /// <returns>What came of it; or why nothing ran, and how to mend it.</returns>
    public static (Simulated? Simulated, string Wrong, string Mend) Run(Scene scene, IReadOnlyList<Failure> failures, long everyMs, long forMs, Func<string, Stream>? record = null, Chosen? chosen = null)
    {
        var world = scene.World;
        var happenings = new List<SimulatedHappening>();
        if (!scene.Settle())
            return (new(IsStorm: true) { Happenings = [Storm(scene, 0)] }, "", "");
        var echoes = ((forMs + ((WarmUp + Conversation.Patience) / VirtualTime.Millisecond)) / everyMs) + 2;
        var (from, to, target, wrong, mend) = chosen is null ? default : Endings.Both(scene, chosen.From, chosen.To);
        if (chosen is not null && from is null)
            return (null, wrong, mend);
        var conversations = chosen is null ? Conversations.Of(scene, everyMs * VirtualTime.Millisecond, echoes) : Conversations.Of(scene, chosen, from!, to!, target!, everyMs * VirtualTime.Millisecond, echoes);
        if (conversations.Count * echoes > MostEchoes)
            return (null, FormattableString.Invariant($"that would be {conversations.Count * echoes} echoes, and {MostEchoes} are the most"), FormattableString.Invariant($"say a shorter --for, or an --every above {everyMs}"));
        foreach (var conversation in conversations)
            new Timer(world.Time, conversation.Ping.Start).Start(world.Chance(everyMs * VirtualTime.Millisecond));
        world.Time.RunUntil(world.Time.Now + WarmUp, MostEvents);
        var (start, end) = (world.Time.Now, world.Time.Now + (forMs * VirtualTime.Millisecond));

        foreach (var conversation in conversations)
            conversation.Begin();
        world.Listener = happening => happenings.Add(new(happening.At - start, happening.Machine.Name, happening.Device.Name, happening.Did, happening.Why));
        if (record is not null)
            Record(scene, record, start);
        foreach (var failure in failures)
            new Timer(world.Time, () =>
            {
                happenings.Add(new(world.Time.Now - start, "", failure.Word, failure.IsRepair ? "repaired" : "failed", failure.Said));
                failure.Happen();
            }).Start(failure.At);
        var calm = Run(world, end);
        foreach (var conversation in conversations)
            conversation.Ping.Stop();
        calm = calm && Run(world, end + Conversation.Patience);
        world.Listener = null;
        foreach (var conversation in conversations)
            happenings.AddRange(conversation.Silences(start, end).Select(silence => new SimulatedHappening(silence.From - start, "", conversation.Said, "lost",
                FormattableString.Invariant($"{silence.Lost} {(silence.Lost == 1 ? "echo" : "echoes")}{(silence.Until < end ? $" in {Span(silence.Until - silence.From)}, answered again at {Seconds(silence.Until - start)}" : ", all to the end")}"))
            {
                UntilNs = silence.Until < end ? silence.Until - start : null,
            }));
        // While the last echoes are waited for, only a storm is worth telling: it spoils what is waited for.
        happenings.RemoveAll(happened => happened.AtNs > end - start);
        if (!calm)
            happenings.Add(Storm(scene, world.Time.Now - start));
        return (new(!calm) { Happenings = [.. happenings.OrderBy(happened => happened.AtNs)], Losses = [.. conversations.Select(conversation => conversation.Between(start, end))], EndNs = end - start }, "", "");
    }

    /// <summary>Runs on, a second at a time, until the moment or a storm.</summary>
    private static bool Run(World world, long until)
    {
        while (world.Time.Now < until && !world.IsStorming)
            if (!world.Time.RunUntil(Math.Min(until, world.Time.Now + VirtualTime.Second), MostEvents))
                return false;
        return !world.IsStorming;
    }

    /// <summary>A moment.</summary>
    internal static string Seconds(long ns) => FormattableString.Invariant($"{ns / 1_000_000_000.0:0.000} s");

    /// <summary>A length of time, for people.</summary>
    internal static string Span(long ns) => ns < VirtualTime.Second ? FormattableString.Invariant($"{ns / 1_000_000.0:0} ms") : FormattableString.Invariant($"{ns / 1_000_000_000.0:0.0##} s");

    private static SimulatedHappening Storm(Scene scene, long at) =>
        new(at, "", string.Join(", ", scene.World.Storms.Circle), "storm", "frames go round and round by these ports, more with every round; the run ends here");

    private static void Record(Scene scene, Func<string, Stream> record, long start)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (cord, cable) in scene.Cords)
            Tap(scene.World, cable, Make(cord.Host.Name, cord.Nic), start);
        foreach (var (trunk, cable) in scene.Trunks)
            Tap(scene.World, cable, Make(trunk.Members.One, trunk.Members.Other), start);
        foreach (var guest in scene.Layout.Guests)
            if (scene.Machine(guest.Guest)?.Find(guest.Nic) is Nic { Cable: { } cord })
                Tap(scene.World, cord, Make(guest.Guest, guest.Nic), start);

        // Two switches may have several links, and two pairs of names one spelling.
        Stream Make(string one, string other)
        {
            var name = $"{one}-{other}";
            for (var number = 2; !taken.Add(name); number++)
                name = FormattableString.Invariant($"{one}-{other}.{number}");
            return record($"{name}.pcap");
        }
    }

    private static void Tap(World world, Cable cable, Stream to, long start)
    {
        var pcap = new PcapWriter(to);
        pcap.Begin();
        cable.Tap = (frame, _) => pcap.Write(frame, world.Time.Now - start);
    }
}
