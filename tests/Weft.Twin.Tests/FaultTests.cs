// The law is worth something: with a mistake planted between the planner and the kernel it does not hold.

using Weft.Plan;
using Weft.RandomHosts;

namespace Weft.Twin.Tests;

public sealed class FaultTests
{
    private const int First = 20_000, MostPairs = 100;

    [Fact]
    public void MTUs_in_the_wrong_order_are_noticed() => Noticed(Faulty.MtusReversed);

    [Fact]
    public void A_mode_that_comes_after_the_ports_is_noticed() => Noticed(Faulty.ModeAfterPorts);

    private static void Noticed(Func<IReadOnlyList<Step>, IEnumerable<(Step, Step)>> spoil) =>
        Enumerable.Range(First, MostPairs).Select(seed => RandomHost.Pair((ulong)seed)).Any(pair => Law.Broken(pair, () => new Faulty(TwinKernel.Of(RandomHost.Nics), spoil)) is not null && Law.Broken(pair, () => TwinKernel.Of(RandomHost.Nics)) is null).ShouldBeTrue();
}
