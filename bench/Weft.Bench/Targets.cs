// What is promised of the measurements, and whether it holds: the median of the rounds against a bound. A target whose
// measurement was not taken is not told.

using System.Globalization;
using System.Text;
using Weft.Bench.Carrying;

namespace Weft.Bench;

internal static class Targets
{
    private const string First = nameof(Job.FirstApply);

    public static void Tell(StringBuilder text, IReadOnlyList<Reading> all)
    {
        text.AppendLine("\n### Targets\n\n| target | layout | measured: median (least–most) | bound | |\n|---|---|---|---|---|");
        foreach (var layout in Layout.All)
        {
            var title = layout.Title;
            foreach (var count in new[] { 1000, 4000 })
                Row(text, $"send / floor, N = {count}", title, [.. OfFloor(all, layout, count)], 1.3, most: true);
            Row(text, "growth of send from 1000 to 4000, over the floor's", title, Growth(all, layout), 1.4, most: true);
            Row(text, "ip -batch / (observe + plan + send + verify), N = 1000", title, [.. OverWeft(all, layout, 1000, Report.Walk)], 2, most: false);
            Row(text, "ip -batch / whole apply, N = 4000", title, [.. OverWeft(all, layout, 4000, reading => reading.Wall)], 2, most: false);
            var (weft, dump) = (Of(all, layout, 4000, "weft", nameof(Job.NoOp)), Of(all, layout, 4000, "floor", nameof(Job.NoOp)));
            Row(text, "observe / plain dump of the same tables, N = 4000", title, [.. Report.Ratios(weft, dump, reading => reading.Phases["observe"], reading => reading.Wall)], 2, most: true);
            Row(text, "every rule in ms, 1000 networks with a guest each", title, [.. Of(all, layout, 1000, "guests", "check").Values.Select(reading => reading.Phases["check"])], 300, most: true, "0");
            foreach (var host in new[] { "bare", "same" })
            {
                var alone = Of(all, layout, 4000, "pure", host).Values;
                Row(text, $"parse + check + plan in ms, N = 4000, twin {(host == "bare" ? "bare" : "as the file says")}", title, [.. alone.Select(Report.Together)], 1000, most: true, "0");
                Row(text, "peak memory of that in MB", title, [.. alone.Select(reading => reading.PeakKib * 1024 / 1e6)], 200, most: true, "0");
            }
        }
        Proofs.Tell(all, (target, values, bound) => Row(text, target, Layout.All[0].Title, values, bound, most: true, "0.00"));
        foreach (var chain in Chain.All)
            Row(text, "frame-hops a second, twin / kernel", chain.Title, [.. Contest.Ratios(all, chain, "twin")], 2, most: false);
    }

    private static Dictionary<int, Reading> Of(IEnumerable<Reading> all, Layout layout, int count, string contender, string job) =>
        Report.Of(all.Where(reading => reading.Layout == layout.Word && reading.Networks == count), contender, job);

    private static IEnumerable<double> OfFloor(IReadOnlyList<Reading> all, Layout layout, int count) =>
        Report.Ratios(Of(all, layout, count, "weft", First), Of(all, layout, count, "floor", First), reading => reading.Send, reading => reading.Wall);

    private static IEnumerable<double> OverWeft(IReadOnlyList<Reading> all, Layout layout, int count, Func<Reading, double> part) =>
        Report.Ratios(Of(all, layout, count, "ip", First), Of(all, layout, count, "weft", First), reading => reading.Wall, part);

    /// <summary>The rounds of two sizes are not each other's, so this is one number: of the medians of their ratios.</summary>
    private static List<double> Growth(IReadOnlyList<Reading> all, Layout layout)
    {
        var (few, many) = (OfFloor(all, layout, 1000).Order().ToList(), OfFloor(all, layout, 4000).Order().ToList());
        return few.Count > 0 && many.Count > 0 ? [Report.Median(many) / Report.Median(few)] : [];
    }

    private static void Row(StringBuilder text, string target, string layout, List<double> values, double bound, bool most, string format = "0.00")
    {
        if (values.Count == 0)
            return;
        var median = Report.Median([.. values.Order()]);
        text.AppendLine(CultureInfo.InvariantCulture, $"| {target} | {layout} | {Report.Spread(values, format, "")} | {(most ? "at most" : "at least")} {bound} | {((most ? median <= bound : median >= bound) ? "met" : "**not met**")} |");
    }
}
