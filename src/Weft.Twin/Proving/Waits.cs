// How long things wait that were set to wait: by then all has settled that ever will.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Proving;

internal static class Waits
{
    /// <summary>Three LACPDUs that do not come, and what follows (IEEE 802.1AX 6.4.2.3: 3 and 90 s); a kernel of 100 Hz counts 10 % longer.</summary>
    private const long Fast = 5 * VirtualTime.Second, Slow = 105 * VirtualTime.Second;

    /// <summary>How often a bond looks at its ports, in nanoseconds; LACP, 100 ms.</summary>
    public static long Look(Bond bond) => bond.World.Kernel.Wait(Math.Max(Math.Max(bond.Options.Miimon, bond.Options.ArpInterval), bond.Mode is Lacp ? VirtualTime.Second / 10 : 0));

    /// <summary>How often its partner says that it is there.</summary>
    public static long Periodic(Bond bond) => bond.Options.LacpFast ? VirtualTime.Second : 30 * VirtualTime.Second;

    /// <param name="bond">The bond.</param>
    /// <param name="isLacpSilent">Whether LACPDUs get lost; else carriers tell a bond that looks at them sooner.</param>
    public static long Of(Bond bond, bool isLacpSilent)
    {
        var options = bond.Options;
        var looks = options.ArpInterval > 0 ? options.ArpInterval * (options.ArpMissedMax + 2) * (bond.Ports.Count + 2) : options.Miimon * (options.Updelay + options.Downdelay + 4);
        return looks + (bond.Mode is not Lacp ? 0 : isLacpSilent || options.Miimon == 0 ? Slow : Fast);
    }

    /// <summary>max_age, behind which it gives up on a root, and three forward_delay.</summary>
    public static long Of(Bridge bridge) => bridge.Options.Stp ? bridge.Options.MaxAge + (3 * bridge.Options.ForwardDelay) : 0;
}
