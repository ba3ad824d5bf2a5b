// A counter-example drawn along time: when what failed, who noticed something, and when nobody was answered; below it the events as a list.

using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

internal static class TimelineDrawing
{
    /// <summary>What is drawn before the first failure and behind the last event.</summary>
    private const long Lead = VirtualTime.Second / 2;

    private const long LeastForGood = 5 * VirtualTime.Second;

    public static void Draw(PageWriter to, CounterExample counter)
    {
        var (told, more) = Timeline.Of(counter);
        if (told.Count == 0)
            return;
        var from = Math.Max(0, told[0].AtNs - Lead);
        // What is lost for good goes on to the edge, and far enough to be seen.
        var isForGood = told.Any(happened => happened is { Did: "lost", UntilNs: null });
        var until = Math.Max(told.Max(happened => happened.UntilNs ?? happened.AtNs), isForGood ? told[0].AtNs + LeastForGood : 0) + Lead;
        var silences = Joined(counter.Happenings.Where(happened => happened.Did == "lost").Select(happened => (Math.Max(from, happened.AtNs), Math.Min(until, happened.UntilNs ?? until))));
        double At(long ns) => Math.Clamp((ns - from) * 100.0 / (until - from), 0, 100);
        using (to.Open("div", ("class", "drawn"), ("role", "img"), ("aria-label", $"From {Simulation.Seconds(from)} to {Simulation.Seconds(until)}: {string.Join(", ", silences.Select(one => $"not answered from {Simulation.Seconds(one.From)} to {Simulation.Seconds(one.Until)}"))}")))
        {
            Marks(to, "failures", told.Where(happened => happened.Did is "failed" or "storm").Select(happened => (At(happened.AtNs), happened)), "fail");
            Marks(to, "noticed", told.Where(happened => happened.Machine.Length > 0).Select(happened => (At(happened.AtNs), happened)), "see");
            using (to.Open("div", ("class", "lane")))
            {
                to.Say("span", "answers", ("class", "lane-name"));
                using (to.Open("div", ("class", "bar good")))
                    foreach (var (begin, end) in silences)
                        using (to.Open("i", ("class", "gone"), ("style", $"left:{P(At(begin))};width:{P(Math.Max(0.6, At(end) - At(begin)))}"))) { }
            }
            using (to.Open("div", ("class", "lane axis")))
            {
                to.Say("span", "", ("class", "lane-name"));
                using (to.Open("div", ("class", "ticks")))
                {
                    to.Say("span", Simulation.Seconds(from));
                    to.Say("span", Simulation.Seconds(until) + (isForGood ? " and on" : ""));
                }
            }
        }
        using (to.Open("ol", ("class", "events")))
        {
            foreach (var happened in told)
                using (to.Open("li", ("class", happened.Did switch { "failed" or "storm" => "fail", "lost" => "gone", _ => "see" })))
                {
                    to.Say("span", Simulation.Seconds(happened.AtNs), ("class", "when"));
                    using (to.Open("span"))
                    {
                        to.Say("b", $"{Timeline.Who(happened)} {happened.Did}");
                        to.Text($": {happened.Why}");
                    }
                }
            if (more > 0)
                to.Say("li", FormattableString.Invariant($"and {more} more"), ("class", "faint"));
        }
    }

    private static void Marks(PageWriter to, string name, IEnumerable<(double At, SimulatedHappening Happened)> marks, string kind)
    {
        using (to.Open("div", ("class", "lane")))
        {
            to.Say("span", name, ("class", "lane-name"));
            using (to.Open("div", ("class", "bar")))
                foreach (var (at, happened) in marks)
                    using (to.Open("i", ("class", $"mark {kind}"), ("style", $"left:{P(at)}"), ("title", $"{Simulation.Seconds(happened.AtNs)} {Timeline.Who(happened)} {happened.Did}: {happened.Why}"))) { }
        }
    }

    /// <summary>Times that overlap are one.</summary>
    private static List<(long From, long Until)> Joined(IEnumerable<(long From, long Until)> times)
    {
        var all = new List<(long From, long Until)>();
        foreach (var (from, until) in times.Where(time => time.Until > time.From).Order())
            if (all.Count > 0 && from <= all[^1].Until)
                all[^1] = (all[^1].From, Math.Max(all[^1].Until, until));
            else
                all.Add((from, until));
        return all;
    }

    private static string P(double percent) => PageWriter.Number(percent) + "%";
}
