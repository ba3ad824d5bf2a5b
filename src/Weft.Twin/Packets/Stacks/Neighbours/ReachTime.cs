// For how long a neighbour counts as reachable without a new word of it: 30 s, times a chance between a half and one and a half that is
// drawn for a link and family, and anew every 300 s (neigh_rand_reach_time, neigh_periodic_work).

using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class ReachTime(World world)
{
    /// <summary>base_reachable_time_ms as a kernel starts with it.</summary>
    public const long UsualBase = 30 * VirtualTime.Second;

    private const long Redraw = 300 * VirtualTime.Second;

    /// <summary>base_reachable_time_ms.</summary>
    public long Base { get; set; } = UsualBase;

    /// <summary>delay_first_probe_time: how long an entry that is no longer sure is used before its neighbour is asked.</summary>
    public long FirstProbe { get; set; } = 5 * VirtualTime.Second;

    private long four, six, drawn = long.MinValue;

    public long Of(bool is4)
    {
        if (drawn == long.MinValue || world.Time.Now > drawn + Redraw)
            (drawn, four, six) = (world.Time.Now, Base / 2 + world.Chance(Base), Base / 2 + world.Chance(Base));
        return is4 ? four : six;
    }
}
