// Flows on a bond for people: how each policy spreads them first, then the flows one by one, of many only the first.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Show;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>Prints a table of flows.</summary>
public static class FlowReport
{
    /// <summary>How many flows are told one by one before many are folded.</summary>
    private const int Few = 30;

    /// <param name="table">The flows.</param>
    /// <param name="all">Tell each flow, however many.</param>
    public static IEnumerable<Line> Of(FlowTable table, bool all)
    {
        var sending = table.Sending;
        yield return new([new(sending.Bond, Tone.Name), new($"  {sending.Mode}{(sending.Hashes ? $"  {sending.Policy.Word()}" : "")}  {string.Join(", ", sending.Ports.Select(port => sending.Idle.TryGetValue(port, out var why) ? $"{port} ({why})" : port))}")]);
        yield return Line.Of($"  {Count(table.Flows.Length)}, hashed as Linux {table.Kernel.Name} does" + (sending.Usable.IsEmpty ? "" : $"; the port is hash % {sending.Usable.Length} in the order of the ports"));
        if (sending.Instead is { } instead)
            yield return Line.Of($"  {instead}", sending.Usable.IsEmpty ? Tone.Bad : Tone.Plain);
        if (sending.Usable.IsEmpty)
            yield break;
        if (!sending.Hashes)
            yield return Line.Of("  In balance-xor or 802.3ad the policies would spread these flows so:");
        yield return Line.Of("");
        foreach (var line in Spreads(table))
            yield return line;
        yield return Line.Of("");
        var shown = all || table.Flows.Length <= Few ? table.Flows.Length : Few;
        foreach (var line in Rows(table, shown))
            yield return line;
        if (shown < table.Flows.Length)
            yield return Line.Of($"  {Count(table.Flows.Length - shown)} more; --all shows each", Tone.Faint);
    }

    private static IEnumerable<Line> Spreads(FlowTable table)
    {
        var (sending, isOwn) = (table.Sending, table.Sending.Hashes);
        var lacking = table.Policies.Select(table.Short).ToList();
        var (byIp, byLess) = (lacking.Exists(lack => lack.Addresses > 0), lacking.Exists(lack => lack.Less > 0));
        List<string[]> rows = [["policy", .. sending.Usable, .. Of(byIp, "(ip)"), .. Of(byLess, "(mac)"), "fullest", ""]];
        foreach (var (at, policy) in table.Policies.Index())
        {
            var spread = table.SpreadOf(isOwn && policy == sending.Policy ? null : policy);
            rows.Add([policy.Word() + (isOwn && policy == sending.Policy ? " *" : ""), .. spread.PerPort.Select(Number), .. Of(byIp, Number(lacking[at].Addresses)), .. Of(byLess, Number(lacking[at].Less)), FlowTable.Percent(spread.Share), Words(sending, spread)]);
        }
        foreach (var (at, drawn) in Drawn(rows, right: rows[0].Length - 3).Index())
            yield return Line.Of(drawn, at == 0 ? Tone.Faint : Tone.Plain);
        if (isOwn)
            yield return Line.Of("  *      the bond's own", Tone.Faint);
        if (byIp)
            yield return Line.Of("  (ip)   flows of which it has the IP addresses alone: fragments, and protocols without ports", Tone.Faint);
        if (byLess)
            yield return Line.Of("  (mac)  flows of which it has the MACs alone, or nothing at all (none): not IP, or behind a tag inside the frame", Tone.Faint);

        static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
        static string[] Of(bool isDrawn, string cell) => isDrawn ? [cell] : [];
    }

    /// <summary>The word of a spread, and which ports have nothing to do.</summary>
    private static string Words(BondSending sending, Spread spread)
    {
        var idle = sending.Usable.Where((_, at) => spread.PerPort[at] == 0).ToList();
        return spread.Word switch
        {
            null => "",
            "one-port" => $"all on {sending.Usable[spread.PerPort.IndexOf(spread.Fullest)]}",
            var word => word + (idle.Count > 0 && spread.Total >= sending.Usable.Length ? $", nothing on {string.Join(", ", idle)}" : ""),
        };
    }

    private static IEnumerable<Line> Rows(FlowTable table, int shown)
    {
        var (sending, isOwn) = (table.Sending, table.Sending.Hashes);
        List<string[]> rows = [["", "flow", .. table.Policies.Select(policy => policy.Word() + (isOwn && policy == sending.Policy ? " *" : ""))]];
        for (var flow = 0; flow < shown; flow++)
        {
            string Cell(XmitPolicy policy)
            {
                var way = isOwn && policy == sending.Policy ? table.Own(flow) : table.Under(policy, flow);
                return (way.Port ?? "?") + (FlowTable.Lacks(policy, way) is { Length: > 0 } lack ? $" ({lack})" : "");
            }
            rows.Add([flow.ToString(CultureInfo.InvariantCulture), FrameWords.Of(table.Flows[flow]), .. table.Policies.Select(Cell)]);
        }
        foreach (var (at, drawn) in Drawn(rows, right: 0).Index())
            yield return Line.Of(drawn, at == 0 ? Tone.Faint : Tone.Plain);
    }

    /// <summary>Rows with their columns below each other.</summary>
    /// <param name="right">How many columns behind the first are numbers.</param>
    private static IEnumerable<string> Drawn(List<string[]> rows, int right)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => "  " + string.Join("  ", row.Select((cell, column) => column > 0 && column <= right ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Count(long flows) => flows == 1 ? "1 flow" : string.Create(CultureInfo.InvariantCulture, $"{flows} flows");
}
