// Random pairs on the twin, by the thousand and others each time: WEFT_LONG=1 tries ten times as many. A failure prints its
// seed and the smallest pair that fails in the same way; WEFT_SEED=n repeats it. What is mended joins `PastTests`.

using Weft.Plan;
using Weft.RandomHosts;

namespace Weft.Twin.Tests;

public sealed class LawTests(ITestOutputHelper output)
{
    private const int Pairs = 2000, Many = 20_000, MostBreaches = 8;

    [Fact]
    public async Task B_after_A_ends_where_B_ends_on_a_bare_host_and_the_kernel_refuses_nothing()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var breaches = new Dictionary<string, string>(StringComparer.Ordinal);
        var coverage = new Coverage();
        foreach (var seed in Seeds.Run(Pairs, Many))
        {
            // A planner or generator that finds no end is a failure like any other, and must not cost its seed.
            var trial = Task.Run(() => Try(seed), TestContext.Current.CancellationToken);
            try
            {
                await trial.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"finds no end: {RandomHost.Pair(seed)}");
            }
            var (pair, steps, breach) = await trial;
            coverage.Count(pair, steps);
            if (breach is null || breaches.ContainsKey(breach.Kind))
                continue;
            var smallest = Shrinking.Smallest(pair, other => Law.Broken(other, () => Bare(seed))?.Kind == breach.Kind);
            breaches.Add(breach.Kind, $"{smallest}{Law.Broken(smallest, () => Bare(seed))}");
            if (breaches.Count == MostBreaches)
                break;
        }
        output.WriteLine(coverage.ToString());
        Assert.True(breaches.Count == 0, string.Join("\n\n", breaches.Values));
        if (coverage.Pairs >= Pairs)
            coverage.Missing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(7007914201063)]
    [InlineData(7007914201651)]
    [InlineData(7373897360303)]
    [InlineData(9503675143379)]
    [InlineData(9503675149803)]
    [InlineData(35927153802660)]
    [InlineData(82218778801062)]
    [InlineData(70080749401232)]
    [InlineData(54405563101430)]
    [InlineData(28388197100578)]
    [InlineData(51501539701772)]
    [InlineData(28388197101738)]
    public void Seeds_that_once_broke_the_law_keep_it(ulong seed) => Try(seed).Breach?.ToString().ShouldBeNull(RandomHost.Pair(seed).ToString());

    private static (Pair Pair, IReadOnlyList<Step> Steps, Breach? Breach) Try(ulong seed)
    {
        var pair = RandomHost.Pair(seed);
        IReadOnlyList<Step> steps = [];
        var breach = Law.Broken(pair, () => Bare(seed), drawing => steps = drawing.Plan.Steps);
        return (pair, steps, breach);
    }

    /// <summary>Every other kernel promotes secondary addresses.</summary>
    private static TwinKernel Bare(ulong seed)
    {
        var twin = TwinKernel.Of(RandomHost.Nics);
        twin.PromotesSecondaries = seed % 2 == 1;
        return twin;
    }
}
