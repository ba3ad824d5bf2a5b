// A counter-example's events as few as tell it: what failed, what was lost, and the first of what was noticed in between.

using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

internal static class Timeline
{
    private const int Most = 8, MostLost = 2;

    /// <returns>Those that are told, in their order; and how many more there are.</returns>
    public static (IReadOnlyList<SimulatedHappening> Told, int More) Of(CounterExample counter)
    {
        // What happens over and over is told once.
        var all = counter.Happenings.GroupBy(happened => happened with { AtNs = 0 }).Select(same => same.First()).ToList();
        var failed = all.FindAll(happened => happened.Did is "failed" or "storm");
        var lost = all.Where(happened => happened.Did == "lost").OrderByDescending(happened => happened.Why.EndsWith("to the end", StringComparison.Ordinal)).Take(MostLost).ToList();
        var from = failed.Select(happened => happened.AtNs).DefaultIfEmpty().Min();
        var noticed = all.Where(happened => happened.Did is not ("failed" or "storm" or "lost") && happened.AtNs >= from).Take(Math.Max(0, Most - failed.Count - lost.Count));
        var told = new HashSet<SimulatedHappening>([.. failed, .. lost, .. noticed], ReferenceEqualityComparer.Instance as IEqualityComparer<SimulatedHappening>);
        return ([.. all.Where(told.Contains)], all.Count - told.Count);
    }

    public static string Who(SimulatedHappening happened) => happened.Machine.Length > 0 ? $"{happened.Machine}: {happened.Device}" : happened.Device;
}
