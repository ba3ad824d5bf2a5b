// Random pairs on the real kernel and on its twin at once: the law holds, and the two agree after every step in answers and
// whole state. WEFT_FRESH=1 throws others each run; WEFT_SEED=n repeats one pair, WEFT_LONG=1 runs ten times as many.

using System.Diagnostics;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Twin;

namespace Weft.Kernel.Tests;

public sealed class RandomTests(ITestOutputHelper output)
{
    private const int Pairs = 100, Many = 1000;

    private const int MostReported = 6;

    [Fact]
    public void Random_pairs_keep_the_law_on_a_real_kernel_and_its_twin_agrees_after_every_step()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (clock, pairs, compared, steps) = (Stopwatch.StartNew(), 0, 0, 0);
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Seeds.Run(Pairs, Many).TakeWhile(_ => wrong.Count < MostReported).Select(RandomHost.Pair))
        {
            pairs++;
            using var hosts = new BareHosts(2, promotes: pairs % 2 == 0);
            var threads = new List<HostThread>();
            var twosomes = new List<Twosome>();
            var breach = Law.Broken(pair, () =>
            {
                threads.Add(hosts.Take());
                twosomes.Add(new Twosome(threads[^1], TwinKernel.From, [RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!], eachStep: twosomes.Count == 0));
                return twosomes[^1];
            });
            threads.ForEach(thread => thread.Dispose());
            compared += twosomes.Sum(twosome => twosome.Compared);
            steps += twosomes.Sum(twosome => twosome.Executed.Count);
            foreach (var disagreement in twosomes.Select(twosome => twosome.Disagreement).OfType<Disagreement>().Take(1))
                wrong.TryAdd(new Breach(disagreement.Difference[0], []).Kind, $"{pair}\n{disagreement}");
            if (breach is not null)
                wrong.TryAdd(breach.Kind, $"{pair}\n{breach}");
        }
        output.WriteLine($"{pairs} pairs, {steps} steps, {compared} comparisons of whole hosts, {clock.Elapsed.TotalSeconds:F0} s");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Values));
        compared.ShouldBeGreaterThan(pairs * 5);
    }

    [Fact]
    public void MTUs_in_the_wrong_order_are_noticed() => Noticed(Faulty.MtusReversed);

    [Fact]
    public void A_mode_that_comes_after_the_ports_is_noticed() => Noticed(Faulty.ModeAfterPorts);

    /// <summary>A law that does not notice a planner's mistake proves nothing.</summary>
    private static void Noticed(Func<IReadOnlyList<Step>, IEnumerable<(Step, Step)>> spoil)
    {
        for (var seed = 20_000UL; seed < 20_060; seed++)
        {
            using var hosts = new BareHosts(2);
            var threads = new List<HostThread>();
            var breach = Law.Broken(RandomHost.Pair(seed), () =>
            {
                threads.Add(hosts.Take());
                return new Faulty(threads[^1], spoil);
            });
            threads.ForEach(thread => thread.Dispose());
            if (breach is not null)
                return;
        }
        Assert.Fail("60 pairs, and nothing was noticed");
    }
}
