// A scene run through a list of failures: what noticed what and when, what moved, and which conversations lost how much. The
// moment 0 is when the scene has settled and everybody has spoken with everybody once.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Scenes;

/// <summary>Something that happened in a simulation.</summary>
/// <param name="AtNs">In nanoseconds from the start.</param>
/// <param name="Machine">The host, switch or guest; empty where it happened to a cable.</param>
public sealed record Event(long AtNs, string Machine, string Device, string Did, string Why)
{
    /// <summary>Of what was lost, when something was answered again; null of everything else, and where nothing was.</summary>
    public long? UntilNs { get; init; }
}

/// <summary>What a conversation lost.</summary>
/// <param name="LongestNs">The longest time without an answer to anything that was asked, in nanoseconds; 0 where all was answered.</param>
public sealed record Loss(string Network, string From, string To, IPAddress Target, long Sent, long Lost, long Duplicates, long LongestNs)
{
    /// <summary>How long the end of a run is, in which what is lost is lost for good.</summary>
    internal const long End = 3 * VirtualTime.Second;

    /// <summary>Which flow of several between the same two; 0 where there is one.</summary>
    public int Flow { get; init; }

    /// <summary>How many echoes were lost in the last 3 s.</summary>
    public long LostAtEnd { get; init; }
}

/// <summary>The one conversation that somebody wants to hear alone: host, guest or switch by name, or an address.</summary>
/// <param name="Flows">How many flows of it, told apart by the identifiers of their echoes.</param>
/// <param name="IsFull">Packets as large as the sender's link allows, which nobody may cut up.</param>
public sealed record Chosen(string From, string To, int Flows = 1, bool IsFull = false)
{
    /// <summary>More flows than this tell nothing that fewer do not.</summary>
    public const int MostFlows = 256;

    /// <summary>Identifiers begin behind this.</summary>
    internal const int FirstFlow = 1000;
}

/// <summary>What came of it.</summary>
/// <param name="IsStorm">Frames went round and round, and the run ended there.</param>
public sealed record Simulated(IReadOnlyList<Event> Events, IReadOnlyList<Loss> Losses, long EndNs, bool IsStorm)
{
    /// <summary>How many echoes it would have been, where those are more than can be remembered: nothing ran.</summary>
    public long TooMany { get; init; }

    /// <summary>Why nobody could be heard alone, and how to mend it: nothing ran.</summary>
    public (string Wrong, string Mend)? Unheard { get; init; }
}

public static class Simulation
{
    public const int UsualEveryMs = 10;

    /// <summary>How long everybody speaks before the moment 0, so that neighbours and bridges know each other.</summary>
    private const long WarmUp = 3 * VirtualTime.Second;

    /// <summary>What a second of many machines takes is some hundred thousand; what takes more is a storm.</summary>
    private const long MostEvents = 20_000_000;

    /// <summary>More echoes than this are not run: each is remembered, in 16 bytes.</summary>
    public const long MostEchoes = 20_000_000;

    /// <summary>Runs a scene that has not run yet.</summary>
    /// <param name="everyMs">How often each conversation asks.</param>
    /// <param name="forMs">How long, from the moment 0.</param>
    /// <param name="record">Makes the file of a cable, by its name; null where nothing is recorded.</param>
    /// <param name="chosen">The one conversation that is heard; null where everybody speaks.</param>
    public static Simulated Run(Scene scene, IReadOnlyList<Failure> failures, long everyMs, long forMs, Func<string, Stream>? record = null, Chosen? chosen = null)
    {
        var world = scene.World;
        var events = new List<Event>();
        if (!scene.Settle())
            return new([Storm(scene, 0)], [], 0, true);
        var echoes = ((forMs + ((WarmUp + Conversation.Patience) / VirtualTime.Millisecond)) / everyMs) + 2;
        var (from, to, target, wrong, mend) = chosen is null ? default : Endings.Both(scene, chosen.From, chosen.To);
        if (chosen is not null && from is null)
            return new([], [], 0, false) { Unheard = (wrong, mend) };
        var conversations = chosen is null ? Conversations.Of(scene, everyMs * VirtualTime.Millisecond, echoes) : Conversations.Of(scene, chosen, from!, to!, target!, everyMs * VirtualTime.Millisecond, echoes);
        if (conversations.Count * echoes > MostEchoes)
            return new([], [], 0, false) { TooMany = conversations.Count * echoes };
        foreach (var conversation in conversations)
            new Timer(world.Time, conversation.Ping.Start).Start(world.Chance(everyMs * VirtualTime.Millisecond));
        world.Time.RunUntil(world.Time.Now + WarmUp, MostEvents);
        var (start, end) = (world.Time.Now, world.Time.Now + (forMs * VirtualTime.Millisecond));

        foreach (var conversation in conversations)
            conversation.Begin();
        world.Listener = happening => events.Add(new(happening.At - start, happening.Machine.Name, happening.Device.Name, happening.Did, happening.Why));
        if (record is not null)
            Record(scene, record, start);
        foreach (var failure in failures)
            new Timer(world.Time, () =>
            {
                events.Add(new(world.Time.Now - start, "", failure.Word, failure.IsRepair ? "repaired" : "failed", failure.Said));
                failure.Happen();
            }).Start(failure.At);
        var calm = Run(world, end);
        foreach (var conversation in conversations)
            conversation.Ping.Stop();
        calm = calm && Run(world, end + Conversation.Patience);
        world.Listener = null;
        if (!calm)
            events.Add(Storm(scene, world.Time.Now - start));
        foreach (var conversation in conversations)
            events.AddRange(conversation.Outages(start, end).Select(outage => new Event(outage.From - start, "", conversation.Said, "lost",
                FormattableString.Invariant($"{outage.Lost} {(outage.Lost == 1 ? "echo" : "echoes")}{(outage.Until < end ? $" in {Span(outage.Until - outage.From)}, answered again at {Seconds(outage.Until - start)}" : ", all to the end")}"))
            {
                UntilNs = outage.Until < end ? outage.Until - start : null,
            }));
        return new([.. events.Where(happened => happened.AtNs <= end - start).OrderBy(happened => happened.AtNs)], [.. conversations.Select(conversation => conversation.Between(start, end))], end - start, !calm);
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

    private static Event Storm(Scene scene, long at) =>
        new(at, "", string.Join(", ", scene.World.Storms.Circle), "storm", "frames go round and round by these ports, more with every round; the run ends here");

    private static void Record(Scene scene, Func<string, Stream> record, long start)
    {
        foreach (var (cord, cable) in scene.Cords)
            Tap(scene.World, cable, record($"{cord.Host.Name}-{cord.Nic}.pcap"), start);
        foreach (var (trunk, cable) in scene.Trunks)
            Tap(scene.World, cable, record($"{trunk.Members.One}-{trunk.Members.Other}.pcap"), start);
        foreach (var guest in scene.Layout.Guests)
            if (scene.Machine(guest.Guest)?.Find(guest.Nic) is Nic { Cable: { } cord })
                Tap(scene.World, cord, record($"{guest.Guest}-{guest.Nic}.pcap"), start);
    }

    private static void Tap(World world, Cable cable, Stream to, long start)
    {
        var pcap = new PcapWriter(to);
        pcap.Begin();
        cable.Tap = (frame, _) => pcap.Write(frame, world.Time.Now - start);
    }
}
