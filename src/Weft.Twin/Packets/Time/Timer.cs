// Something that happens later, once, until it is set again (timer_list). Made once for each thing that waits, so that waiting
// allocates nothing.

namespace Weft.Twin.Packets.Time;

/// <summary>A timer and what it does.</summary>
internal sealed class Timer(VirtualTime time, Action due)
{
    internal int Slot { get; set; } = -1;
    internal long Order { get; set; }

    /// <summary>When it goes off, in nanoseconds; of a timer that is not pending, when it last would have.</summary>
    public long At { get; internal set; }

    public bool IsPending => Slot >= 0;

    /// <summary>mod_timer: after so many nanoseconds from now, whatever was said before.</summary>
    public void Start(long after) => time.Put(this, time.Now + Math.Max(0, after));

    public void Stop()
    {
        if (Slot >= 0)
            time.Take(this);
    }

    internal void Due() => due();

    internal bool Before(Timer other) => At < other.At || (At == other.At && Order < other.Order);
}
