// Waits on the kernel until nothing moves any more: bonds have the ports and partners that they will have, every port of a spanning tree forwards or blocks,
// and no IPv6 address is tentative. One thread walks through all namespaces and reads /proc there: a process for each would be most of what
// user-mode Linux has to do.

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Weft.Kernel.Tests.Frames;

internal static partial class Stillness
{
    /// <summary>For how long a bond that has all it can have must stay as it is, and one that waits for something: longer than LACP's own waits (3 s for a partner, then 2 s), no longer than it lacks a partner for.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(2), Lacking = TimeSpan.FromSeconds(8);

    /// <summary>A bond without LACP that changes still, as one whose ARP targets do not answer goes from port to port, is not waited for any longer; and nothing is any longer than a spanning tree needs.</summary>
    private static readonly TimeSpan Restless = TimeSpan.FromSeconds(12), Most = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Collecting and distributing, of a port's LACP state.</summary>
    private const int Carrying = 0x30;

    private const int Tentative = 0x40, DadFailed = 0x08;

    /// <summary>Something that comes to rest.</summary>
    /// <param name="Name">Of which machine and bond.</param>
    /// <param name="State">As it is.</param>
    /// <param name="IsWhole">Whether it lacks nothing.</param>
    /// <param name="MayWander">Whether it may change for ever.</param>
    private sealed record Thing(string Name, string State, bool IsWhole, bool MayWander);

    /// <param name="machines">The network namespaces.</param>
    /// <param name="trees">Those of them with a spanning tree.</param>
    /// <returns>How long that took, and what moved still when it was enough.</returns>
    public static (TimeSpan Took, string Moving) Await(IReadOnlyCollection<string> machines, IReadOnlyCollection<string> trees)
    {
        var (started, moving) = (Stopwatch.StartNew(), "");
        var since = new Dictionary<string, (string State, TimeSpan At)>(StringComparer.Ordinal);
        for (var isStill = false; !isStill && started.Elapsed < Most;)
        {
            Thread.Sleep(Pause);
            var things = Look(machines, trees);
            var now = started.Elapsed;
            foreach (var thing in things)
                if (!since.TryGetValue(thing.Name, out var before) || before.State != thing.State)
                    since[thing.Name] = (thing.State, now);
            moving = string.Join(", ", things.Where(thing => now - since[thing.Name].At < (thing.IsWhole ? Whole : Lacking) && !(thing.MayWander && now > Restless)).Select(thing => thing.Name));
            isStill = moving.Length == 0;
        }
        return (started.Elapsed, moving);
    }

    private static List<Thing> Look(IReadOnlyCollection<string> machines, IReadOnlyCollection<string> trees)
    {
        var things = new List<Thing>();
        Exception? wrong = null;
        // A thread that entered a namespace stays there: it ends with the look.
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var machine in machines)
                {
                    Linux.NetworkNamespace.MoveWithThread(machine).ShouldBeNull();
                    if (Directory.Exists("/proc/thread-self/net/bonding"))
                        things.AddRange(Directory.EnumerateFiles("/proc/thread-self/net/bonding").Select(file => Bond($"{machine} {Path.GetFileName(file)}", File.ReadAllText(file))));
                    var tentative = File.ReadLines("/proc/thread-self/net/if_inet6").Where(IsTentative).ToList();
                    things.Add(new($"{machine}'s addresses", string.Join('\n', tentative), tentative.Count == 0, false));
                }
            }
            catch (Exception e)
            {
                wrong = e;
            }
        });
        thread.Start();
        thread.Join();
        if (wrong is not null)
            throw new ShouldAssertException("a network namespace could not be looked at", wrong);
        foreach (var machine in trees)
            things.Add(Tree(machine, KernelScene.Shell($"bridge -n {machine} link show")));
        return things;
    }

    /// <summary>A bond, without what counts up and down by itself.</summary>
    private static Thing Bond(string name, string text)
    {
        var (parts, isLacp) = (text.Split("Slave Interface: "), text.Contains("802.3ad", StringComparison.Ordinal));
        return new(name, Counters().Replace(text, ""), isLacp ? IsJoined(parts[0], parts[1..]) : !text.Contains("going", StringComparison.Ordinal) && !text.Contains("Currently Active Slave: None", StringComparison.Ordinal), !isLacp);
    }

    /// <summary>Whether every port that is up carries frames in the active aggregator, and somebody is at its other end.</summary>
    private static bool IsJoined(string head, string[] ports) => Aggregator().Match(head) is { Success: true } active && !head.Contains("Partner Mac Address: 00:00:00:00:00:00", StringComparison.Ordinal)
        && ports.Where(port => port.Contains("MII Status: up", StringComparison.Ordinal)).All(port => Aggregator().Match(port).Value == active.Value
            && PortState().Matches(port).All(state => (int.Parse(state.Groups["bits"].Value, CultureInfo.InvariantCulture) & Carrying) == Carrying));

    /// <summary>A tree's ports, which all forward or block for good unless one still listens or learns.</summary>
    private static Thing Tree(string machine, string ports)
    {
        var isMoving = ports.Contains("state listening", StringComparison.Ordinal) || ports.Contains("state learning", StringComparison.Ordinal);
        return new($"{machine}'s tree", isMoving ? $"{Stopwatch.GetTimestamp()}" : ports, !isMoving, false);
    }

    private static bool IsTentative(string address) => address.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var flags, ..]
        && (int.Parse(flags, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (Tentative | DadFailed)) == Tentative;

    [GeneratedRegex("^(Link Failure Count|(Actor|Partner) Churn(ed Count| State)): .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Counters();

    [GeneratedRegex("Aggregator ID: [0-9]+", RegexOptions.None, 10_000)]
    private static partial Regex Aggregator();

    [GeneratedRegex("port state: (?<bits>[0-9]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PortState();
}
