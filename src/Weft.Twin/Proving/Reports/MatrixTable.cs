// Every failure as a row and every expectation as a column: what is lost, and how long the rest is silent at most.

namespace Weft.Twin.Proving.Reports;

internal static class MatrixTable
{
    /// <summary>More rows than this that everybody survives are counted, and not shown.</summary>
    private const int MostRows = 60;

    private sealed record Row(string Said, string Title, int Order, Dictionary<int, (bool Holds, long BoundNs)> Cells);

    public static void Write(PageWriter to, List<Group> groups)
    {
        var rows = Rows(groups);
        if (rows.Count == 0)
            return;
        var (shown, hidden) = (rows, 0);
        if (rows.Count > MostRows)
        {
            shown = rows.FindAll(row => row.Cells.Values.Any(cell => !cell.Holds));
            shown = [.. rows.Where(row => shown.Contains(row) || row.Order < 0).Concat(rows.Except(shown).Where(row => row.Order >= 0).Take(Math.Max(0, MostRows - shown.Count))).Distinct().OrderBy(row => row.Order)];
            hidden = rows.Count - shown.Count;
        }
        using (to.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", "Failures and expectations")))
        using (to.Open("table"))
        {
            using (to.Open("thead"))
            using (to.Open("tr"))
            {
                to.Say("th", "what fails", ("scope", "col"));
                for (var at = 0; at < groups.Count; at++)
                    using (to.Open("th", ("scope", "col"), ("title", groups[at].First.Expectation.Text + groups[at].AndAlike)))
                        to.Say("a", FormattableString.Invariant($"{at + 1}"), ("href", FormattableString.Invariant($"#e{at + 1}")), ("aria-label", groups[at].First.Expectation.Text));
            }
            using (to.Open("tbody"))
            {
                foreach (var titled in shown.GroupBy(row => row.Title, StringComparer.Ordinal))
                {
                    if (titled.Key.Length > 0)
                        using (to.Open("tr", ("class", "title")))
                            to.Say("th", titled.Key, ("colspan", FormattableString.Invariant($"{groups.Count + 1}")), ("scope", "rowgroup"));
                    foreach (var row in titled)
                        using (to.Open("tr"))
                        {
                            to.Say("th", row.Said, ("scope", "row"));
                            for (var at = 0; at < groups.Count; at++)
                                Cell(to, row, at);
                        }
                    to.Break();
                }
                if (hidden > 0)
                    using (to.Open("tr"))
                        to.Say("td", FormattableString.Invariant($"and {hidden} more, which everybody survives who was asked"), ("colspan", FormattableString.Invariant($"{groups.Count + 1}")), ("class", "faint"));
            }
        }
    }

    private static void Cell(PageWriter to, Row row, int at)
    {
        if (!row.Cells.TryGetValue(at, out var cell))
            to.Say("td", "·", ("class", "none"), ("title", "not asked for, or not about it"));
        else if (!cell.Holds)
            to.Say("td", cell.BoundNs > 0 ? $"✗ {SurvivalText.Span(cell.BoundNs)}" : "✗ lost", ("class", "bad"));
        else
            to.Say("td", cell.BoundNs == 0 ? "✓" : $"✓ {SurvivalText.Span(cell.BoundNs)}", ("class", cell.BoundNs == 0 ? "good" : "slow"), ("title", cell.BoundNs == 0 ? "without a loss" : $"silent for {SurvivalText.Span(cell.BoundNs)} at most"));
    }

    private static List<Row> Rows(List<Group> groups)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var (group, at) in groups.Select((group, at) => (group, at)))
            foreach (var (faults, holds, bound) in group.First.Tried)
            {
                var said = SurvivalText.When(faults);
                if (!rows.TryGetValue(said, out var row))
                    rows[said] = row = new(said, faults.Count == 0 ? "" : faults is [var only] ? only.Kind.Title : "Two at once, the second when all has settled", faults.Count == 0 ? -1 : faults is [var one] ? one.Kind.Order : FaultKind.All.Length, []);
                var known = row.Cells.GetValueOrDefault(at, (true, 0));
                row.Cells[at] = (known.Item1 && holds, Math.Max(known.Item2, bound));
            }
        return [.. rows.Values.OrderBy(row => row.Order)];
    }
}
