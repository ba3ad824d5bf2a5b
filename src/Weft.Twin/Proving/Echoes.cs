// A question's echoes in a run: small ones, which tell for how long it was silent, and those of the full size, which tell whether they pass and not when.
//
// What became of the small ones is taken down as the run goes on: a run may last for as long as somebody was set to wait, and only the last echoes are remembered.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

internal sealed class Echoes
{
    /// <summary>How long everybody must be answered at the end.</summary>
    public const long Tail = 3 * VirtualTime.Second;

    public const long Patience = VirtualTime.Second;

    /// <summary>From one to the next before a failure, and of the full size at any time.</summary>
    private const long Slow = VirtualTime.Second / 2;

    /// <summary>As many as the closest pace sends in the tail, until the last of them is given up, and some.</summary>
    private const int Remembered = 512;

    private readonly Ping small, full;

    /// <summary>Of the small ones: the first of which it is not yet known what became of it, and when the first was answered behind the last that was lost.</summary>
    private long next, through;

    private bool isLost;

    /// <param name="scene">Where it is asked.</param>
    /// <param name="question">Who asks whom.</param>
    public Echoes(Scene scene, Question question)
    {
        var (machine, source) = (scene.Machine(question.From)!, question.Asker?.Own.Address);
        // What has an address in a VRF is asked for, and asks, in it.
        var over = source is null ? null : machine.Stack.Links.Find(link => link.Has(IpAddr.Of(source)))?.Domain;
        Ping Make(int size) => new(machine, question.Target) { Source = source, Over = over, Size = size, Every = Slow, Remembers = Remembered };
        (small, full) = (Make(Ping.UsualSize), Make(FullSize.Of(scene, machine, source, scene.Machine(question.To)!, question.Target)));
    }

    /// <summary>Asks from now on.</summary>
    public void Start()
    {
        small.Start();
        full.Start();
    }

    /// <summary>Asks now, and from now on so often.</summary>
    public void Pace(long every)
    {
        small.Every = every;
        small.Start();
    }

    /// <summary>Takes down what became of those that nobody needs to wait for any more.</summary>
    /// <param name="failed">Those that were sent before this moment tell of something else.</param>
    public void Note(long failed, long now)
    {
        for (next = Math.Max(next, small.First); next < small.Sent && small.SentAt(next) + Patience <= now; next++)
            if (small.SentAt(next) < failed)
                continue;
            else if (IsLost(small, next))
                (isLost, through) = (true, long.MaxValue);
            else if (isLost && through == long.MaxValue)
                through = small.AnsweredAt(next);
    }

    /// <param name="failed">When the last failure was.</param>
    /// <param name="end">When all had settled, and the tail was over.</param>
    public Outcome Of(long failed, long end) => new(HasAll(small, end), HasAll(full, end), !isLost ? 0 : through == long.MaxValue ? through : through - failed);

    /// <summary>Whether every echo of the tail was answered.</summary>
    private static bool HasAll(Ping ping, long end)
    {
        for (var probe = ping.Sent - 1; probe >= ping.First && ping.SentAt(probe) >= end - Tail; probe--)
            if (ping.SentAt(probe) < end && IsLost(ping, probe))
                return false;
        return true;
    }

    private static bool IsLost(Ping ping, long probe) => ping.AnsweredAt(probe) == Ping.NotAnswered || ping.AnsweredAt(probe) - ping.SentAt(probe) > Patience;
}
