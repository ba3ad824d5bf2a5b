// Machines and the cables between them, one clock, and one source of chance that a seed decides. Whatever happens to a frame that
// somebody watches, and whatever changes its state, is said here; where nobody listens, saying it costs nothing.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets;

/// <summary>Something that was done to a watched frame. Hops make a tree: a frame that is flooded goes on from one hop several times.</summary>
/// <param name="Before">The hop before it, from 1; 0 for the first.</param>
/// <param name="At">In nanoseconds of the world's time.</param>
/// <param name="Did">One word: sent, tagged, flooded, learned, dropped, …</param>
internal sealed record Hop(int Number, int Before, long At, Machine Machine, Netdev Device, string Did, string Why);

/// <summary>A change of state that somebody may want to read of: a port went down, another is active now.</summary>
internal sealed record Happening(long At, Machine Machine, Netdev Device, string Did, string Why);

internal sealed class World(ulong seed = 1)
{
    private ulong state = seed;

    public VirtualTime Time { get; } = new();

    /// <summary>The kernel that every machine of it is.</summary>
    public KernelVersion Kernel { get; init; } = KernelVersion.Linux61;

    public FramePool Frames { get; } = new();
    public List<Machine> Machines { get; } = [];
    public List<Cable> Cables { get; } = [];

    /// <summary>What became of watched frames, in the order in which it happened.</summary>
    public List<Hop> Hops { get; } = [];

    /// <summary>Looks for frames that go round in a circle.</summary>
    public StormWatch Storms { get; } = new();

    /// <summary>Frames go round and round: nothing that is measured from here on means anything, and time stands still (<see cref="VirtualTime.IsHalted"/>).</summary>
    public bool IsStorming => Storms.Circle.Count > 0;

    /// <summary>Hears every change of state; null where nobody does.</summary>
    public Action<Happening>? Listener { get; set; }

    public bool IsHeard => Listener is not null;

    /// <summary>By how many ports further on every hash sends its frames: what another flow does, of other MACs, addresses or ports. 0: what these frames' own hash says.</summary>
    public int Shift { get; init; }

    /// <summary>Everything that looks every so often, and how often: how long it takes until something is noticed hangs on when that is.</summary>
    public List<(Timer Timer, Func<long> Every)> Polls { get; } = [];

    /// <summary>Has everybody who looks every so often have looked just now: the worst moment for something to happen.</summary>
    public void HaveLooked()
    {
        foreach (var (timer, every) in Polls)
            if (timer.IsPending)
                timer.Start(every());
    }

    /// <summary>A number below a bound, which must be above 0; the same numbers in the same order for the same seed (SplitMix64).</summary>
    public long Chance(long below)
    {
        var z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (long)((z ^ (z >> 31)) % (ulong)below);
    }

    /// <summary>Says of a watched frame what was done to it. Callers ask <see cref="Frame.IsWatched"/> first, so that no text is made for nobody.</summary>
    public void Note(Frame frame, Netdev device, string did, string why)
    {
        if (!frame.IsWatched)
            return;
        Hops.Add(new(Hops.Count + 1, Math.Max(0, frame.Hop), Time.Now, device.Machine, device, did, why));
        frame.Hop = Hops.Count;
    }

    /// <summary>The frame goes no further.</summary>
    public void Drop(Frame frame, Netdev device, string why)
    {
        device.Dropped++;
        Note(frame, device, "dropped", why);
        Frames.Return(frame);
    }

    /// <summary>Tells of a change of state. Callers ask <see cref="IsHeard"/> first.</summary>
    public void Tell(Netdev device, string did, string why) => Listener?.Invoke(new(Time.Now, device.Machine, device, did, why));

    /// <summary>Watches a frame from here on: its first hop is the next one that is noted.</summary>
    public static void Watch(Frame frame) => frame.Hop = -1;
}
