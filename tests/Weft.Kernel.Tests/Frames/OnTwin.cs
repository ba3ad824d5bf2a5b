// A case on the twin: the same questions at the same pace as on the kernel.

using System.Globalization;
using Weft.Topology;
using Weft.Twin;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Kernel.Tests.Frames;

internal static class OnTwin
{
    /// <summary>The kernel beside it counts a hundred jiffies a second.</summary>
    private static readonly KernelVersion Lab = KernelVersion.Linux61 with { Hz = 100 };

    /// <param name="case">The case.</param>
    /// <param name="seed">When its machines start.</param>
    /// <param name="spoil">Makes one device of the twin wrong, to see whether anybody notices.</param>
    public static Seen Run(FrameCase @case, ulong seed, Action<Scene>? spoil = null)
    {
        var (scene, findings) = Scene.Of([@case.Host], seed, Lab);
        scene.ShouldNotBeNull(string.Join('\n', findings));
        var (world, seen) = (scene.World, new Seen());
        // Neighbours are sure of each other once they know each other: when one asks again is chance, and what is lost then.
        foreach (var link in scene.All.SelectMany(pair => pair.Machine.Stack.Links))
            (link.Reach.Base, link.Reach.FirstProbe) = (VirtualTime.Second * Asking.Sure, VirtualTime.Second * Asking.Sure);
        scene.Settle().ShouldBeTrue("frames go round and round");
        foreach (var (name, port) in @case.Chosen)
            if (scene.Machine(@case.Host.Name)!.Get<Bond>(name) is var bond)
                bond.Election.Choose(bond.Ports.Single(one => one.Device.Name == port));
        spoil?.Invoke(scene);
        var questions = @case.Questions(scene.Layout);
        foreach (var ((from, to, address), at) in questions.Select((question, at) => (question, at)))
        {
            var ping = new Ping(scene.Machine(from)!, address, (ushort)(Asking.Identifier + at)) { Every = (long)(Asking.Every * VirtualTime.Second) };
            ping.Start();
            world.Time.RunUntil(world.Time.Now + (long)((Asking.Echoes - 0.5) * Asking.Every * VirtualTime.Second));
            ping.Stop();
            world.Time.RunUntil(world.Time.Now + (long)(Asking.Patience * VirtualTime.Second));
            seen.Answers[$"{from} to {to} {address}"] = Seen.Word(ping.Answered, Asking.Echoes);
        }
        Look(scene, seen);
        if (@case.Broken is { } broken)
            Break(scene, @case, broken, seen);
        return seen;
    }

    private static void Look(Scene scene, Seen seen)
    {
        foreach (var (_, machine) in scene.All.DistinctBy(pair => pair.Machine))
            foreach (var link in machine.Links)
                if (link is Bridge bridge)
                {
                    foreach (var row in bridge.Entries.Where(row => (row.Flags & (FdbFlags.Local | FdbFlags.Static)) == FdbFlags.None && row.Port is not null))
                        seen.Learned[$"{machine.Name} {bridge.Name} {Ethernet.Print(row.Mac)} {row.Vlan}"] = row.Port!.Device.Name;
                }
                else if (link is Bond bond)
                    seen.Bonds[$"{machine.Name} {bond.Name}"] = bond.Mode is Lacp lacp
                        ? lacp.Active is { } active ? $"{string.Join(' ', active.Ports.Select(port => port.Port.Device.Name).Order(StringComparer.Ordinal))} with {Ethernet.Print(active.PartnerSystem)}" : "no aggregator"
                        : bond.Mode.Elects ? bond.Active?.Device.Name ?? "no port" : "all";
    }

    private static void Break(Scene scene, FrameCase @case, Break broken, Seen seen)
    {
        var world = scene.World;
        var pings = @case.Questions(scene.Layout).Where(question => seen.Answers[$"{question.From} to {question.To} {question.Address}"] == "all").Take(Asking.Watched).Select((question, at) =>
            (question, Ping: new Ping(scene.Machine(question.From)!, question.Address, (ushort)(Asking.Identifier + 100 + at)) { Every = (long)(Asking.Pace * VirtualTime.Second) })).ToList();
        foreach (var (_, ping) in pings)
            ping.Start();
        world.Time.RunUntil(world.Time.Now + VirtualTime.Second);
        var start = world.Time.Now;
        foreach (var (at, isRepair) in broken.Repair is { } repair ? new[] { (broken.At, false), (repair, true) } : [(broken.At, false)])
        {
            world.Time.RunUntil(start + (long)(at * VirtualTime.Second));
            var (failure, wrong, _) = Failure.Read(scene, string.Create(CultureInfo.InvariantCulture, $"{broken.Word}@0s"), isRepair);
            failure.ShouldNotBeNull(wrong);
            failure.Happen();
        }
        world.Time.RunUntil(start + (long)((broken.Repair ?? broken.At) * VirtualTime.Second) + (long)(Asking.Afterwards * VirtualTime.Second));
        var end = world.Time.Now;
        foreach (var ((from, to, address), ping) in pings)
            seen.Silences[$"{from} to {to} {address}"] = ping.Outages().MaxBy(outage => Math.Min(outage.Until, end) - outage.From) is not { } longest ? 0
                : longest.From == ping.SentAt(ping.First) ? double.PositiveInfinity : (Math.Min(longest.Until, end) - longest.From) / (double)VirtualTime.Second;
    }
}

/// <summary>How questions are asked, on the twin and on the kernel.</summary>
internal static class Asking
{
    public const int Echoes = 3;

    /// <summary>For how many seconds nobody asks a neighbour again whom it knows.</summary>
    public const int Sure = 100_000;

    /// <summary>Seconds from echo to echo.</summary>
    public const double Every = 0.3;

    /// <summary>How long an answer may take: three ARP requests.</summary>
    public const double Patience = 1;

    /// <summary>The identifier of the first question's echoes: hashes look at it.</summary>
    public const int Identifier = 1000;

    /// <summary>Seconds from echo to echo while something breaks.</summary>
    public const double Pace = 0.02;

    /// <summary>How many questions are asked then.</summary>
    public const int Watched = 3;

    /// <summary>How many seconds one looks on after the last thing that happened.</summary>
    public const double Afterwards = 4;
}
