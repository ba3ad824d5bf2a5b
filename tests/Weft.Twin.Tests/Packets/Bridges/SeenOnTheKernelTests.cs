// Three bridges in a ring, cables pulled and put back, beside what a 6.1 kernel did with the very same (user-mode Linux, forward
// delay 2 s, max age 6 s, states read every 50 ms on a busy machine): the same states in the same order, and each as early or
// late as there within one hello.

using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class SeenOnTheKernelTests
{
    private const long Second = VirtualTime.Second, Millisecond = VirtualTime.Millisecond;

    [Fact]
    public void A_ring_of_three_goes_through_the_states_that_the_kernel_went_through()
    {
        var town = new Town();
        for (var i = 0; i < 3; i++)
            town.Add(new() { Stp = true, ForwardDelay = 2 * Second, MaxAge = 6 * Second });
        // Ports in the kernel's order of joining: the first cable between 1 and 2, then 2 and 3, then 3 and 1.
        for (var i = 0; i < 3; i++)
            town.Join(town.Bridges[i], town.Bridges[(i + 1) % 3]);
        town.Open();
        Follow(town, 20)[^1].ShouldBe((4, "FF FF BF"), "4.8 s there, where links took a second to come up and the bridges were not up at the very same moment");
        town.Cables[2].Break();
        Follow(town, 12).ShouldBe([(0, "F- FF l-"), (2, "F- FF L-"), (4, "F- FF F-")], "1.0, 2.8 and 4.9 s there");
        town.Cables[2].Mend();
        Follow(town, 20).ShouldBe([(0, "Fl FF Bl"), (2, "FL FF BL"), (4, "FF FF BF")], "1.3, 3.6 and 5.9 s there");
        // Just after a hello: before the next one, it would be 2 s less.
        town.Wait(100 * Millisecond).Cables[0].Break();
        Follow(town, 20).ShouldBe([(0, "-F -F BF"), (6, "-F -F lF"), (8, "-F -F LF"), (10, "-F -F FF")], "1.0, 6.5, 9.4 and 11.3 s there");
        town.World.Storms.Circle.ShouldBeEmpty();
    }

    /// <summary>Each state of all ports, and the second in which it began.</summary>
    private static List<(long Second, string States)> Follow(Town town, int seconds)
    {
        var (begin, seen) = (town.World.Time.Now, new List<(long, string)>());
        while (town.World.Time.Now < begin + (seconds * Second))
        {
            town.Wait(50 * Millisecond);
            if (seen.Count == 0 || seen[^1].Item2 != town.States())
                seen.Add(((town.World.Time.Now - begin + (Second / 2)) / Second, town.States()));
        }
        return seen;
    }
}
