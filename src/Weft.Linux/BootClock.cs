// A clock that goes on while the machine sleeps, and that nobody sets: CLOCK_BOOTTIME (clock_gettime(2)). Deadlines are
// counted by it.

using System.Runtime.InteropServices;

namespace Weft.Linux;

/// <summary>CLOCK_BOOTTIME as time stamps, in ns since boot; the time of day is the system's.</summary>
public sealed partial class BootClock : TimeProvider
{
    private const int BootTime = 7;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Read(BootTime, out var time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : throw new InvalidOperationException("this kernel has no CLOCK_BOOTTIME (Linux 2.6.39)");

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int Read(int clock, out TimeSpec time);
}
