// How much is taken from a server and for how long it is waited for: whoever listens on a socket may be anybody.

namespace Weft.Ovsdb.Wire;

/// <summary>Bounds of a connection.</summary>
public sealed record Limits
{
    /// <summary>For how long an answer is waited for, connecting included.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest message that is taken, in bytes. A host with thousands of ports is told in a few MB.</summary>
    public int LongestMessage { get; init; } = 64 << 20;

    /// <summary>How deep lists and objects may lie in one another. Schemas go deepest, and need eight.</summary>
    public int DeepestMessage { get; init; } = 32;
}

/// <summary>When a wait is over.</summary>
internal readonly struct Deadline(TimeSpan wait)
{
    private readonly long end = Environment.TickCount64 + (long)wait.TotalMilliseconds;

    public TimeSpan Left => TimeSpan.FromMilliseconds(Math.Max(0, end - Environment.TickCount64));
    public bool IsOver => Left == TimeSpan.Zero;
}
