// Random hosts with random failures on the twin and on the kernel, some at once in one lab. Every build throws the same, WEFT_FRESH=1 others, WEFT_LONG=1 two hundred others; a failure prints the seed of its host,
// and WEFT_SEED=n throws that one.

using Weft.RandomHosts;

namespace Weft.Kernel.Tests.Frames;

[Trait("makes", "frames")]
public sealed class RandomFrameTests(ITestOutputHelper output)
{
    private const int Usual = 30, Many = 200;

    /// <summary>How many hosts share a lab.</summary>
    private const int AtOnce = 30;

    /// <summary>Below it a seed's last figures are the number of its case, from which names and MACs follow, and from those what hashes say: thrown alone it is the same case.</summary>
    private const ulong Numbers = 100_000;

    [Fact]
    public void Random_hosts_do_with_frames_what_the_twin_says_whatever_breaks()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (wrong, watched, all) = (new List<string>(), 0, 0);
        foreach (var some in Seeds.Run(Usual, Many).Select(WiredHost.Of).Chunk(AtOnce))
        {
            var cases = some.Select(host => new FrameCase("random", (int)(host.Seed % Numbers), host.Text, new(host.Breaks, 1, host.IsMended ? 4 : null))).ToList();
            var found = Comparison.Of([.. cases.Zip(some, (@case, host) => (@case, host.Seed))], output);
            (watched, all) = (watched + found.Values.Count(one => one.IsWatched), all + found.Count);
            wrong.AddRange(cases.Zip(some).Where(pair => found[pair.First].Differences.Count > 0).Select(pair => $"{string.Join('\n', found[pair.First].Differences)}\n{pair.Second}"));
        }
        output.WriteLine($"of {watched} of {all} hosts something was answered before it broke, and was watched");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        watched.ShouldBeGreaterThanOrEqualTo(all / 2);
    }
}
