// For how long a neighbour counts as reachable without a new word of it: 30 s, times a chance between a half and one and a half that is
// drawn for a link and family, and anew every 300 s (neigh_rand_reach_time, neigh_periodic_work).

using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class ReachTime(World world)
{
    public const long Base = 30 * VirtualTime.Second;
    private const long Redraw = 300 * VirtualTime.Second;

    private long four, six, drawn = long.MinValue;

    public long Of(bool is4)
    {
        if (drawn == long.MinValue || world.Time.Now > drawn + Redraw)
            (drawn, four, six) = (world.Time.Now, Base / 2 + world.Chance(Base), Base / 2 + world.Chance(Base));
        return is4 ? four : six;
    }
}
