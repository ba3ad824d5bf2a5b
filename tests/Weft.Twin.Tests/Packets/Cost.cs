// What something costs in memory once it has been done often.

namespace Weft.Twin.Tests.Packets;

internal static class Cost
{
    /// <summary>The runtime now and then needs some memory for its own, while code that runs is compiled anew; what a frame costs comes again every time.</summary>
    private const int Times = 5;

    /// <returns>The bytes that the cheapest of several times has allocated on this thread.</returns>
    public static long Of(Action often)
    {
        var least = long.MaxValue;
        for (var time = 0; time < Times && least > 0; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            often();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
