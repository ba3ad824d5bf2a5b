// How often the kernel's clock ticks (HZ). Times that netlink tells in 1/100 s are kept in ticks, so that 31.25 s with 250 ticks
// a second comes back as 31.24. The coarse clock moves once a tick, and its resolution says how long that is.

using System.Runtime.InteropServices;

namespace Weft.Linux;

internal static partial class Ticks
{
    private const int MonotonicCoarse = 6, NanosecondsInSecond = 1_000_000_000, Usual = 100;

    public static int PerSecond { get; } = Resolution() is > 0 and var nanoseconds ? (int)Math.Round((double)NanosecondsInSecond / nanoseconds) : Usual;

    /// <summary>Told times that are a default rounded down, as that default.</summary>
    public static long Told(long hundredths, long? usual) =>
        usual is { } value && hundredths == value * PerSecond / 100 * 100 / PerSecond ? value : hundredths;

    private static long Resolution()
    {
        var time = default(TimeSpec);
        return clock_getres(MonotonicCoarse, ref time) == 0 ? (time.Seconds * NanosecondsInSecond) + time.Nanoseconds : 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int clock_getres(int clock, ref TimeSpec resolution);
}
