// What stands in the way of a change: a line of the table against the link as it is at the moment. The planner clears it away,
// and a test puts every line in every state to a kernel.

using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>Why a kernel would not change an attribute on a link that is as it is.</summary>
public enum Obstacle
{
    None,

    /// <summary>The bond's mode has no such option (EACCES).</summary>
    Mode,

    /// <summary>The link has ports (ENOTEMPTY of a bond, EBUSY of a bridge).</summary>
    Ports,

    /// <summary>The link is up (EBUSY).</summary>
    Up,

    /// <summary>The bond does not poll its ports' carrier (EPERM).</summary>
    NoPolling,

    /// <summary>The link is made: the kernel takes the message and does nothing.</summary>
    Made,
}

/// <summary>What the table says of a link's state.</summary>
public static class Obstacles
{
    /// <summary>Whether the link must be down.</summary>
    public static bool WantsDown(this Change change) => change is Down or DownWithoutPorts;

    /// <summary>Whether the link's ports must go.</summary>
    public static bool WantsNoPorts(this Change change) => change is WithoutPorts or DownWithoutPorts;

    /// <summary>Whether the line means something in this bond's mode.</summary>
    public static bool InMode(this Attribute line, Settings bond) => line.Modes.IsEmpty || line.Modes.Contains(bond.Word(BondLines.Mode) ?? BondLines.RoundRobin);

    /// <summary>Whether the kernel takes the line in this bond's mode, be it in vain.</summary>
    public static bool IsTaken(this Attribute line, Settings bond) => !line.RefusedElsewhere || line.InMode(bond);

    /// <summary>The first thing in the way of another value, in the order in which the kernel looks (bond_opt_check_deps).</summary>
    /// <param name="link">What the link has; of a port's option, what its master has.</param>
    /// <param name="isUp">Whether that one is up.</param>
    /// <param name="hasPorts">Whether that one has ports.</param>
    public static Obstacle Against(Attribute line, Settings link, bool isUp, bool hasPorts) =>
        !line.IsTaken(link) ? Obstacle.Mode
        : line.Change.WantsNoPorts() && hasPorts ? Obstacle.Ports
        : line.Change.WantsDown() && isUp ? Obstacle.Up
        : BondLines.Delays.Contains(line) && link.Number(BondLines.Miimon) is 0 ? Obstacle.NoPolling
        : line.Change == Recreate ? Obstacle.Made
        : Obstacle.None;
}
