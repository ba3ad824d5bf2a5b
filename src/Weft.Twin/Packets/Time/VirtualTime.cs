// Time that passes only because something is due. Timers stand in a heap that knows where each is, so that one can be set again
// or stopped without a search; frames on cables stand in a ring, because every cable takes equally long and what was sent first
// arrives first. What is due at the same moment happens in the order in which it was asked for, frames before timers.

namespace Weft.Twin.Packets.Time;

/// <summary>A clock in nanoseconds since the world began, and everything that is still to happen.</summary>
internal sealed class VirtualTime
{
    public const long Microsecond = 1000, Millisecond = 1000 * Microsecond, Second = 1000 * Millisecond;

    /// <summary>How long a frame is on a cable: some 200 m of it, or a veth's softirq. Less than any timer's step.</summary>
    public const long OnCable = Microsecond;

    private Timer[] heap = new Timer[64];
    private int timers;
    private Arrival[] ring = new Arrival[256];
    private int first, flying;
    private long orders;

    /// <summary>A frame that is on its way to a link.</summary>
    private record struct Arrival(long At, Frames.Frame Frame, Links.Nic To);

    public long Now { get; private set; }

    /// <summary>Events so far: frames that arrived and timers that went off.</summary>
    public long Events { get; private set; }

    /// <summary>Nothing more happens until this is taken back: somebody saw that it would never end.</summary>
    public bool IsHalted { get; set; }

    /// <summary>How many frames are on cables.</summary>
    public int Flying => flying;

    public bool IsIdle => timers == 0 && flying == 0;

    /// <summary>A frame arrives there one cable later.</summary>
    public void Fly(Frames.Frame frame, Links.Nic to)
    {
        if (flying == ring.Length)
            Widen();
        ring[(first + flying++) & (ring.Length - 1)] = new(Now + OnCable, frame, to);
    }

    /// <summary>Lets everything happen that is due up to this moment, and makes it now.</summary>
    /// <param name="most">How many events at most: a loop of frames never ends by itself.</param>
    /// <returns>False where there were more, or time was halted.</returns>
    public bool RunUntil(long moment, long most = long.MaxValue)
    {
        for (; most > 0 && !IsHalted; most--)
        {
            var frameAt = flying > 0 ? ring[first].At : long.MaxValue;
            var timerAt = timers > 0 ? heap[0].At : long.MaxValue;
            if (Math.Min(frameAt, timerAt) > moment)
            {
                Now = moment;
                return true;
            }
            Events++;
            if (frameAt <= timerAt)
            {
                var (at, frame, to) = ring[first];
                ring[first] = default;
                (first, flying, Now) = ((first + 1) & (ring.Length - 1), flying - 1, at);
                to.Arrive(frame);
            }
            else
            {
                var timer = heap[0];
                Now = timer.At;
                Take(timer);
                timer.Due();
            }
        }
        return false;
    }

    internal void Put(Timer timer, long at)
    {
        if (timer.Slot >= 0)
            Take(timer);
        (timer.At, timer.Order) = (at, orders++);
        if (timers == heap.Length)
            Array.Resize(ref heap, heap.Length * 2);
        Rise(timer, timers++);
    }

    internal void Take(Timer timer)
    {
        var (slot, last) = (timer.Slot, heap[--timers]);
        (heap[timers], timer.Slot) = (null!, -1);
        if (last == timer)
            return;
        if (slot > 0 && last.Before(heap[(slot - 1) / 2]))
            Rise(last, slot);
        else
            Sink(last, slot);
    }

    private void Rise(Timer timer, int slot)
    {
        for (; slot > 0 && timer.Before(heap[(slot - 1) / 2]); slot = (slot - 1) / 2)
            Set(slot, heap[(slot - 1) / 2]);
        Set(slot, timer);
    }

    private void Sink(Timer timer, int slot)
    {
        for (int below; (below = slot * 2 + 1) < timers; slot = below)
        {
            if (below + 1 < timers && heap[below + 1].Before(heap[below]))
                below++;
            if (!heap[below].Before(timer))
                break;
            Set(slot, heap[below]);
        }
        Set(slot, timer);
    }

    private void Set(int slot, Timer timer) => (heap[slot], timer.Slot) = (timer, slot);

    private void Widen()
    {
        var wider = new Arrival[ring.Length * 2];
        for (var i = 0; i < flying; i++)
            wider[i] = ring[(first + i) & (ring.Length - 1)];
        (ring, first) = (wider, 0);
    }
}
