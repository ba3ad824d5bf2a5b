// Random pairs on the twin, by the thousand. WEFT_SEED=n repeats one; a failure prints its seed and the smallest pair that
// fails in the same way.

using Weft.RandomHosts;

namespace Weft.Twin.Tests;

public sealed class LawTests(ITestOutputHelper output)
{
    private const int MostBreaches = 8;

    [Fact]
    public void B_after_A_ends_where_B_ends_on_a_bare_host_and_the_kernel_refuses_nothing()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var breaches = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seed in Seeds.Run(2000))
        {
            var pair = RandomHost.Pair(seed);
            if (Law.Broken(pair, Bare) is not { } breach || breaches.ContainsKey(breach.Kind))
                continue;
            var smallest = Shrinking.Smallest(pair, other => Law.Broken(other, Bare)?.Kind == breach.Kind);
            breaches.Add(breach.Kind, $"{smallest}{Law.Broken(smallest, Bare)}");
            if (breaches.Count == MostBreaches)
                break;
        }
        Assert.True(breaches.Count == 0, string.Join("\n\n", breaches.Values));
    }

    private static TwinKernel Bare() => TwinKernel.Of(RandomHost.Nics);
}
