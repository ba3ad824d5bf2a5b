// One echo's way from an end to another, and the answer's way back, with every decision on it. Before it is traced, one echo was
// exchanged, so that addresses are known and bridges have learned: what is shown is the way of usual traffic. Where that
// echo was not answered, the next one is shown with the questions for addresses that go before it.

using System.Collections.Immutable;
using System.Net;
using Weft.Text;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Scenes;

/// <summary>A hop of a frame's way. Hops make a tree: a flooded frame goes on from one of them several times.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Before">The hop before it; 0 for the first.</param>
/// <param name="AtNs">In nanoseconds from the moment when the echo was sent.</param>
internal sealed record TracedHop(int Number, int Before, long AtNs, string Machine, string Device, string Did, string Why);

/// <param name="IsDelivered">The echo arrived, and its answer did.</param>
public sealed record Traced(bool IsDelivered)
{
    internal IPAddress Target { get; init; } = IPAddress.None;
    internal ImmutableArray<TracedHop> Hops { get; init; } = [];

    /// <summary>The echo arrived, whatever became of its answer.</summary>
    internal bool HasArrived { get; init; }

    /// <summary>The numbers of the hops that led from the sender to the receiver and back; empty where they did not.</summary>
    internal ImmutableArray<int> Way { get; init; } = [];
}

public static class Tracing
{
    /// <summary>How long an answer may take: longer than three questions for an address (3 s).</summary>
    private const long Patience = 4 * VirtualTime.Second;

    private const long MostEvents = 20_000_000;

    /// <summary>Traces an echo between two that are named by host, guest, switch or address, in a scene that has settled.</summary>
    /// <returns>The trace; or why there is none, and how to mend it.</returns>
    public static (Traced? Traced, string Wrong, string Mend) Run(Scene scene, string from, string to, int size, bool cold)
    {
        var (one, _, target, wrong, mend) = Endings.Both(scene, from, to);
        return one is null ? (null, wrong, mend) : (Run(scene, one, target!, size, cold), "", "");
    }

    /// <param name="cold">Whether nobody has spoken before: the questions for addresses are part of it.</param>
    private static Traced Run(Scene scene, End from, IPAddress target, int size, bool cold)
    {
        var world = scene.World;
        var domain = Endings.DomainOf(from, target);
        var ping = new Ping(from.Machine, target) { Every = Patience * 2, Size = size, Source = from.Address, Over = domain };
        if (!cold)
        {
            ping.Start();
            world.Time.RunUntil(world.Time.Now + Patience, MostEvents);
            ping.Stop();
        }
        ping.WatchNext();
        var start = world.Time.Now;
        ping.Start();
        world.Time.RunUntil(start + Patience, MostEvents);
        ping.Stop();
        var last = world.Hops.FindLast(hop => hop is { Did: "arrived", Why: Icmp.AnswerArrived });
        var way = new List<int>();
        for (var hop = last; hop is not null; hop = hop.Before == 0 ? null : world.Hops[hop.Before - 1])
            way.Add(hop.Number);
        // Where a packet waited for a MAC, the question and its answer are on its way too.
        foreach (var waits in way.Select(number => world.Hops[number - 1]).Where(hop => hop is { Did: "waits" } && hop.Why.StartsWith(Neighbour.Wanted, StringComparison.Ordinal)).ToList())
            for (var hop = Learned(world, waits); hop is not null; hop = hop.Before == 0 ? null : world.Hops[hop.Before - 1])
                way.Add(hop.Number);
        ImmutableArray<TracedHop> hops = [.. world.Hops.Select(hop => new TracedHop(hop.Number, hop.Before, hop.At - start, hop.Machine.Name, hop.Device.Name, hop.Did, hop.Why))];
        if (hops.IsEmpty)
            hops = [new(1, 0, 0, from.Machine.Name, "", "refused", $"no route leads to {target}{(from.Address is null ? "" : $" from {from.Address}")}{(domain is null ? "" : $" in VRF {domain.Name}")}")];
        return new(last is not null)
        {
            Target = target,
            Hops = hops,
            HasArrived = world.Hops.Exists(hop => hop.Did == "answered" && hop.Why.StartsWith(Icmp.OfEcho, StringComparison.Ordinal)),
            Way = [.. way.Distinct().Order()],
        };
    }

    /// <summary>The hop by which somebody who waits hears the MAC that he waits for.</summary>
    private static Hop? Learned(World world, Hop waits) => world.Hops.Find(hop =>
        hop.Number > waits.Number && hop.Did == "learned" && hop.Device == waits.Device && hop.Why.StartsWith($"{waits.Why[Neighbour.Wanted.Length..]} is at ", StringComparison.Ordinal));
}
