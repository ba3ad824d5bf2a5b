// Tables of measurements. What is compared is compared within a round, since a round's contenders ran within the same minute
// on the same machine; the medians of the rounds' ratios are what counts, and their spread stands beside them.

using System.Globalization;
using System.Text;
using Weft.Bench.Carrying;

namespace Weft.Bench;

internal static class Report
{
    private static readonly string[] Rooms = ["parse", "check", "observe", "plan", "send", "verify"];

    public static string Of(IEnumerable<Reading> readings)
    {
        var text = new StringBuilder();
        var all = readings.ToList();
        Targets.Tell(text, all);
        Contest.Tell(text, all);
        Alone(text, [.. all.Where(reading => reading.Contender == "pure")]);
        foreach (var group in all.Where(reading => reading.Contender is not ("pure" or "guests" or Proofs.Contender) && reading.Job != Contest.Job).GroupBy(reading => (reading.Layout, reading.Networks)).OrderBy(group => group.Key.Layout, StringComparer.Ordinal).ThenBy(group => group.Key.Networks))
            Group(text, [.. group]);
        return text.ToString();
    }

    private static void Group(StringBuilder text, IReadOnlyList<Reading> readings)
    {
        var rounds = readings.Select(reading => reading.Round).Distinct().Count();
        text.AppendLine(CultureInfo.InvariantCulture, $"\n### {Layout.Of(readings[0].Layout).Title}, N = {readings[0].Networks}, {rounds} rounds\n");
        text.AppendLine("| job | weft, whole | weft, send | floor | `ip -batch` | send / floor | ip / (observe + plan + send + verify) | ip / weft, whole | CPU of weft | peak of weft | messages, weft / floor |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var job in Enum.GetNames<Job>())
        {
            var weft = Of(readings, "weft", job);
            var floor = Of(readings, "floor", job);
            var ip = Of(readings, "ip", job);
            if (weft.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"| {job} | {Time(weft.Values.Select(reading => reading.Wall))} | {Time(weft.Values.Select(reading => reading.Send))} | {Time(floor.Values.Select(reading => reading.Wall))} | {Time(ip.Values.Select(reading => reading.Wall))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Ratio(weft, floor, job == nameof(Job.NoOp) ? reading => reading.Phases["observe"] : reading => reading.Send, reading => reading.Wall)}{(job == nameof(Job.NoOp) ? " (observe / dump)" : "")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Ratio(ip, weft, reading => reading.Wall, Walk)} | {Ratio(ip, weft, reading => reading.Wall, reading => reading.Wall)} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Time(weft.Values.Select(reading => reading.Cpu))} | {weft.Values.Max(reading => reading.PeakKib) / 1024} MiB | {weft.Values.First().Steps} / {floor.Values.FirstOrDefault()?.Steps} |");
        }
        text.AppendLine("\nPhases of weft:\n");
        text.AppendLine($"| job | {string.Join(" | ", Rooms)} |\n|---|{string.Concat(Rooms.Select(_ => "---|"))}");
        foreach (var job in Enum.GetNames<Job>())
            if (Of(readings, "weft", job) is { Count: > 0 } weft)
                text.AppendLine($"| {job} | {string.Join(" | ", Rooms.Select(room => Time(weft.Values.Select(reading => reading.Phases.GetValueOrDefault(room)))))} |");
        var differ = readings.GroupBy(reading => (reading.Round, reading.Job)).Where(group => group.Select(reading => reading.State).Distinct().Count() > 1).Select(group => $"{group.Key.Job} in round {group.Key.Round}").ToList();
        text.AppendLine(differ.Count == 0 ? "\nAfter every job all contenders left the kernel in the same state." : $"\nDIFFERENT STATES after: {string.Join(", ", differ)}.");
    }

    /// <summary>Parsing, checking and planning on the machine itself.</summary>
    private static void Alone(StringBuilder text, IReadOnlyList<Reading> readings)
    {
        if (readings.Count == 0)
            return;
        text.AppendLine("\n### Parse, check and plan against the twin, on the machine itself\n");
        text.AppendLine("| layout, N, host | rounds | parse | check | plan | together | CPU of the process | peak | steps |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var group in readings.GroupBy(reading => $"{Layout.Of(reading.Layout).Title}, {reading.Networks}, {(reading.Job == "bare" ? "bare" : "as the file says")}"))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {string.Join(" | ", Pure.Rooms.Select(room => Time(group.Select(reading => reading.Phases[room]))))} | {Spread(group.Select(Together), "0", " ms")} | {Time(group.Select(reading => reading.Cpu))} | {group.Max(reading => reading.PeakKib) / 1024} MiB | {group.First().Steps} |");
    }

    /// <summary>Parse, check and plan, in ms.</summary>
    public static double Together(Reading pure) => Pure.Rooms.Sum(room => pure.Phases[room]);

    public static Dictionary<int, Reading> Of(IEnumerable<Reading> readings, string contender, string job) =>
        readings.Where(reading => reading.Contender == contender && reading.Job == job).ToDictionary(reading => reading.Round);

    /// <summary>Everything between reading the host and having read it back.</summary>
    public static double Walk(Reading weft) => Rooms[2..].Sum(room => weft.Phases.GetValueOrDefault(room));

    private static string Ratio(Dictionary<int, Reading> over, Dictionary<int, Reading> under, Func<Reading, double> above, Func<Reading, double> below) =>
        Spread(Ratios(over, under, above, below), "0.00", "");

    /// <summary>The rounds' own ratios.</summary>
    public static IEnumerable<double> Ratios(Dictionary<int, Reading> over, Dictionary<int, Reading> under, Func<Reading, double> above, Func<Reading, double> below) =>
        over.Where(pair => under.ContainsKey(pair.Key)).Select(pair => above(pair.Value) / below(under[pair.Key])).Where(double.IsFinite);

    /// <summary>The median, and the smallest and largest.</summary>
    public static string Spread(IEnumerable<double> values, string format, string unit)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? "" : $"**{Text(Median(sorted))}**{unit} ({Text(sorted[0])}–{Text(sorted[^1])})";
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Time(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        if (sorted.Count == 0)
            return "";
        var median = Median(sorted);
        return median >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{median / 1000:0.00} s") : string.Create(CultureInfo.InvariantCulture, $"{median:0} ms");
    }

    public static double Median(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
