// A port's key: which ports of a system may aggregate. Ten bits are the administrator's, five are the speed, one the duplex, so
// that ports of different speeds never meet (bond_3ad.c, AD_*_KEY_MASKS).

namespace Weft.Twin.Packets.Bonds.Lacp;

internal static class PortKey
{
    private const int Duplex = 1;

    /// <summary>What the kernel has a number for, in Mbit/s, by that number (AD_LINK_SPEED_*).</summary>
    private static ReadOnlySpan<int> Speeds => [0, 1, 10, 100, 1000, 2500, 5000, 10_000, 14_000, 20_000, 25_000, 40_000, 50_000, 56_000, 100_000, 200_000, 400_000, 800_000];

    /// <param name="user">The administrator's part (ad_user_port_key).</param>
    /// <param name="speed">In Mbit/s; 0 while the link is down, as is a speed that the kernel has no number for.</param>
    public static ushort Of(int user, long speed, bool isFull) => (ushort)(user << 6 | SpeedNumber(speed) << 1 | (isFull ? Duplex : 0));

    /// <summary>Only full duplex aggregates.</summary>
    public static bool IsFull(ushort key) => (key & Duplex) != 0;

    public static int SpeedNumberOf(ushort key) => key >> 1 & 0x1f;

    /// <summary>A speed as an aggregator adds it up: 0 where the kernel has no number for it.</summary>
    public static long Counted(long speed) => SpeedNumber(speed) > 0 ? speed : 0;

    private static int SpeedNumber(long speed) => speed is > 0 and <= 800_000 ? Math.Max(0, Speeds.IndexOf((int)speed)) : 0;
}
