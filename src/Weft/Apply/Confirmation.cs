// A verified change waits for somebody's word that it is good, and is undone without it. The word is a small file in the
// runtime folder, and so is what the change waits for: both go with the machine, as the waiting does. The time is counted by
// a clock that goes on while the machine sleeps (CLOCK_BOOTTIME), for so does the world that the change cut off.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Weft.Text;

namespace Weft.Apply;

/// <summary>Where a change that is being made stands, for those who ask.</summary>
public enum Phase
{
    /// <summary>Steps are sent, and read back.</summary>
    Applying,

    /// <summary>What answered before the change must answer again.</summary>
    Probing,

    /// <summary>It is good as far as Weft can tell, and waits for somebody's word.</summary>
    Waiting,

    /// <summary>It is being undone.</summary>
    Undoing,
}

/// <summary>A change that is being made.</summary>
/// <param name="Change">Its name; empty until its steps are done.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Deadline">While it waits: when it is undone, in ms of the clock that goes on in sleep; zero before that.</param>
public sealed record Underway(string Change, Phase Phase, long Deadline)
{
    public const string Name = "change";

    /// <summary>No machine runs that long, in ms.</summary>
    private const long Latest = 1L << 50;

    /// <summary>How long it still waits; null where it does not wait.</summary>
    public TimeSpan? Left(TimeProvider clock) => Phase != Phase.Waiting ? null : TimeSpan.FromMilliseconds(Math.Max(0, Deadline - Milliseconds(clock)));

    /// <summary>Says where a change stands. That it cannot be said stops nothing.</summary>
    public static void Say(IDisk runtime, Underway at) =>
        _ = runtime.Write(Name, to => to.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.Phase} {at.Deadline} {at.Change}"))));

    public static Underway? Read(IDisk runtime) =>
        runtime.Read(Name).Text?.Split(' ') is [var phase, var deadline, var change] && Enum.TryParse<Phase>(phase, out var stands)
            && long.TryParse(deadline, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= Latest ? new(change, stands, at) : null;

    /// <summary>A clock's present time stamp in ms.</summary>
    public static long Milliseconds(TimeProvider clock) => (long)clock.GetElapsedTime(0, clock.GetTimestamp()).TotalMilliseconds;
}

/// <summary>Waits for a word, and gives one.</summary>
/// <param name="runtime">The runtime folder.</param>
/// <param name="clock">One that goes on in sleep.</param>
public sealed class Confirmation(IDisk runtime, TimeProvider clock)
{
    private const string Name = "answer", Good = "confirm", Bad = "rollback";

    /// <summary>An answer is acted on within this time, and a deadline too.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Says that a change is good.</summary>
    public string? Confirm(string change) => Answer(Good, change, "");

    /// <summary>Says that a change is to be undone.</summary>
    public string? Refuse(string change, string who) => Answer(Bad, change, who);

    /// <summary>Why a change is undone though nothing failed: somebody said so, or the process is to end; null where neither is so.</summary>
    public Finding? WhyNot(string change, Func<bool> isEnding) =>
        runtime.Read(Name).Text?.Split(' ', 3) is [Bad, var bad, var who] && bad == change
            ? Finding.Error("not-confirmed", Place.None, $"{who} said that it is to be undone", "weft rollback ends a change that waits", "nothing, if that is meant")
            : isEnding() ? Finding.Error("not-confirmed", Place.None, "the process that waited for weft confirm was told to end", "without it nobody would undo the change at its deadline", "apply again")
            : null;

    private string? Answer(string word, string change, string who) => runtime.Write(Name, to => to.Write(Encoding.UTF8.GetBytes($"{word} {change} {who}")));

    /// <summary>Waits. Returns nothing where the change was said to be good, else why it is undone.</summary>
    /// <param name="change">The change's name.</param>
    /// <param name="wait">How long.</param>
    /// <param name="isEnding">The process was told to end: then nobody waits any more.</param>
    /// <param name="waiting">Told of the time that is left, at every look.</param>
    public ImmutableArray<Finding> Await(string change, TimeSpan wait, Func<bool> isEnding, Action<TimeSpan> waiting)
    {
        var deadline = Underway.Milliseconds(clock) + (long)wait.TotalMilliseconds;
        Underway.Say(runtime, new(change, Phase.Waiting, deadline));
        while (true)
        {
            var answer = runtime.Read(Name).Text?.Split(' ', 3);
            if (answer is [Good, var good, ..] && good == change)
                return [];
            if (WhyNot(change, isEnding) is { } no)
                return [no];
            var left = TimeSpan.FromMilliseconds(deadline - Underway.Milliseconds(clock));
            if (left <= TimeSpan.Zero)
                return [Finding.Error("not-confirmed", Place.None, string.Create(CultureInfo.InvariantCulture, $"nobody said within {wait.TotalSeconds:0.#} s that it is good"), "a change that cuts its administrator off must not stay", "apply again, and run weft confirm in time, from where you can still reach this host")];
            waiting(left);
            Task.Delay(left < Poll ? left : Poll, clock).GetAwaiter().GetResult();
        }
    }

    /// <summary>Forgets what was said of changes before.</summary>
    public void Begin()
    {
        runtime.Remove(Name);
        Underway.Say(runtime, new("", Phase.Applying, 0));
    }

    /// <summary>Nothing is under way any more.</summary>
    public void End()
    {
        runtime.Remove(Underway.Name);
        runtime.Remove(Name);
    }
}
