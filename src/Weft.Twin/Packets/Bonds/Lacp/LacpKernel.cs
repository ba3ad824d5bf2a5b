// What kernels do differently from each other with LACP. Fixes are brought to old series, so a version number says little; what a
// kernel does is tried. What is here by itself was seen on 6.1.176.

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed record LacpKernel
{
    /// <summary>
    /// By how much a wait of 100 ms is longer, in nanoseconds: the timer wheel never goes off early, and so goes off a jiffy late. 10 ms
    /// where the kernel counts a hundred jiffies a second, as user-mode Linux does; 4 ms with 250 and with 1000 (whose wheel has coarser slots for so long a wait).
    /// All of LACP's times are counted in such waits: 90 s last 99, or 93.6.
    /// </summary>
    public long Lag { get; init; } = Bond.Jiffy;

    /// <summary>A passive end sends LACPDUs by itself once an active partner is known; older kernels with lacp_active off only tell changes.</summary>
    public bool AnswersActive { get; init; } = true;

    /// <summary>A port whose link is down holds its partner for out of sync, and stops collecting and distributing (7.2, brought to 6.1 and 6.12 too); before, it says until the link is back that it does both.</summary>
    public bool LosesSyncWhenDown { get; init; }
}
