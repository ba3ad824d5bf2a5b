// Where the time of a walk went. The clock enters from outside.

namespace Weft.Apply;

/// <summary>Milliseconds by room, in the order in which the rooms were entered.</summary>
public sealed class Timings(TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly List<(string Room, double Milliseconds)> spent = [];

    public IReadOnlyList<(string Room, double Milliseconds)> Spent => spent;

    public T Measure<T>(string room, Func<T> work)
    {
        var start = clock.GetTimestamp();
        var result = work();
        spent.Add((room, clock.GetElapsedTime(start).TotalMilliseconds));
        return result;
    }
}
