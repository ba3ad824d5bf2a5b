// A case on the twin: the same questions at the same pace as on the kernel.

using System.Globalization;
using Weft.Twin;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
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
        foreach (var (name, port) in @case.Chances.Chosen)
            if (scene.Machine(@case.Host.Name)!.Get<Bond>(name) is var bond)
                bond.Election.Choose(bond.Ports.Single(one => one.Device.Name == port));
        spoil?.Invoke(scene);
        // What was learned so far hangs on what a kernel says of its own accord when a link comes up: from here on it is what was asked.
        foreach (var bridge in Machines(scene).SelectMany(pair => pair.Machine.Links).OfType<Bridge>())
            foreach (var port in bridge.Ports)
                bridge.Fdb.Flush(port);
        var before = GivenUp(scene);
        foreach (var (question, at) in @case.Questions.All.Select((question, at) => (question, at)))
        {
            var machine = scene.Machine(question.From)!;
            seen.Answers[$"{question}"] = Ask(machine, question, Asking.Identifier + at, Asking.Echoes, new Ping(machine, question.Address).Size);
            if (seen.Answers[$"{question}"].StartsWith("none", StringComparison.Ordinal))
                continue;
            seen.Sizes[$"{question}"] = Way(machine, question).Mtu;
            seen.LargeAnswers[$"{question}"] = Ask(machine, question, Asking.LargeIdentifier + at, Asking.Large, seen.Sizes[$"{question}"] - question.Headers);
        }
        Look(scene, seen, seen.Asked);
        seen.IsWandering = seen.Asked.GivenUp > before;
        if (@case.Broken is { } broken)
            Break(scene, @case, broken, seen);
        return seen;
    }

    /// <summary>Every machine once, also where it is two switches.</summary>
    private static IEnumerable<(string Name, Machine Machine)> Machines(Scene scene) => scene.All.DistinctBy(pair => pair.Machine);

    private static string Ask(Machine machine, Question question, int identifier, int echoes, int size)
    {
        var time = machine.World.Time;
        var ping = new Ping(machine, question.Address, (ushort)identifier) { Every = (long)(Asking.Every * VirtualTime.Second), Size = size, Over = question.Over is { } over ? machine.Find(over) : null };
        ping.Start();
        time.RunUntil(time.Now + (long)((echoes - 0.5) * Asking.Every * VirtualTime.Second));
        ping.Stop();
        time.RunUntil(time.Now + (long)(Asking.Patience * VirtualTime.Second));
        return Seen.Word(ping.Answered, echoes, ping.Duplicates > 0);
    }

    /// <summary>The link by which a machine sends there.</summary>
    private static Netdev Way(Machine machine, Question question)
    {
        var from = default(IpAddr);
        machine.Stack.Output.Find(IpAddr.Of(question.Address), ref from, question.Over is { } over ? machine.Find(over) : null, out var found).ShouldBeTrue($"{question}");
        return found.Way.Device;
    }

    private static long GivenUp(Scene scene) => Machines(scene).SelectMany(pair => pair.Machine.Links).OfType<Bond>().SelectMany(bond => bond.Ports).Sum(port => port.Failures);

    private static void Look(Scene scene, Seen seen, Tables tables)
    {
        tables.GivenUp = GivenUp(scene);
        foreach (var (name, machine) in Machines(scene))
            foreach (var link in machine.Links)
            {
                seen.Mtus[$"{name} {link.Name}"] = link.Mtu;
                if (link is Bridge bridge)
                {
                    foreach (var row in bridge.Entries.Where(row => (row.Flags & (FdbFlags.Local | FdbFlags.Static)) == FdbFlags.None && row.Port is not null))
                        tables.Learned[new(name, bridge.Name, Ethernet.Print(row.Mac), row.Vlan)] = row.Port!.Device.Name;
                }
                else if (link is Bond bond)
                    tables.Bonds[$"{name} {bond.Name}"] = bond.Mode is Lacp lacp
                        ? lacp.Active is { } active ? $"{string.Join(' ', active.Ports.Select(port => port.Port.Device.Name).Order(StringComparer.Ordinal))} with {Ethernet.Print(active.PartnerSystem)}" : "no aggregator"
                        : bond.Mode.Elects ? bond.Active?.Device.Name ?? "no port" : "all";
            }
    }

    private static void Break(Scene scene, FrameCase @case, Break broken, Seen seen)
    {
        var time = scene.World.Time;
        var pings = @case.Questions.Watched(seen).Select((question, at) => (question, Ping: new Ping(scene.Machine(question.From)!, question.Address, (ushort)(Asking.TimedIdentifier + at))
        {
            Every = (long)(Asking.Pace * VirtualTime.Second),
            Over = question.Over is { } over ? scene.Machine(question.From)!.Find(over) : null,
        })).ToList();
        foreach (var (_, ping) in pings)
            ping.Start();
        time.RunUntil(time.Now + VirtualTime.Second);
        var start = time.Now;
        double? repaired = null;
        var broke = Happen(broken.At, isRepair: false);
        if (broken.Repair is { } repair)
            repaired = Happen(repair, isRepair: true);
        time.RunUntil(time.Now + (long)(broken.Afterwards * VirtualTime.Second));
        foreach (var (question, ping) in pings)
            seen.Hear(question, [.. Enumerable.Range((int)ping.First, (int)(ping.Sent - ping.First)).Select(probe => ping.AnsweredAt(probe)).Where(at => at != Ping.NotAnswered).Select(Seconds).Order()], (broke, broke), repaired is { } done ? (done, done) : null, broken);
        foreach (var (_, ping) in pings)
            ping.Stop();
        time.RunUntil(time.Now + (long)(Asking.Later * VirtualTime.Second));
        Look(scene, seen, seen.Afterwards);

        double Happen(double at, bool isRepair)
        {
            time.RunUntil(start + (long)(at * VirtualTime.Second));
            var (failure, wrong, _) = Failure.Read(scene, string.Create(CultureInfo.InvariantCulture, $"{broken.Word}@0s"), isRepair);
            failure.ShouldNotBeNull(wrong);
            failure.Happen();
            return Seconds(time.Now);
        }
    }

    private static double Seconds(long at) => at / (double)VirtualTime.Second;
}
