// A clock that nobody waits for: a timer fires as soon as it is set, and time has moved on by as much. Whoever waits in steps
// sees the time go by, and the test ends at once.

namespace Weft.RandomHosts;

/// <summary>Time that passes only where somebody waits for it, or is told to.</summary>
public sealed class VirtualClock : TimeProvider
{
    private long ticks;

    /// <summary>How much time has passed since the clock was made.</summary>
    public TimeSpan Passed => new(Interlocked.Read(ref ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Passed;

    /// <summary>Fires before it returns. One that would fire again and again is refused: its time would never end.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
            throw new NotSupportedException("a timer of this clock fires once");
        var timer = new Fired(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Fired(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            clock.Advance(dueTime);
            callback(state);
            return true;
        }

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
