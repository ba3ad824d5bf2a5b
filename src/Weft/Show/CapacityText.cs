// What a host's networks and guests can get, as a table under each way out and as JSON. Networks of one way out share it, so they stand
// together; many with the same figures are one line. A reason that is not everybody's says whose it is.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Weft.Apply;
using Weft.Capacity;
using Weft.Model;
using Weft.Plan;
using Weft.Show.Picture;
using Weft.Text;

namespace Weft.Show;

/// <summary>Prints capacities.</summary>
public static class CapacityText
{
    /// <summary>One line of a table.</summary>
    /// <param name="Names">Whom it is of.</param>
    /// <param name="Label">What they are called together.</param>
    private sealed record Row(ImmutableArray<string> Names, string Label, ImmutableArray<string> Cells, ImmutableArray<Limit> Limits);

    private static readonly ImmutableArray<string> Heads = ["", "one flow", "one guest", "all flows", "after one cable", "after one NIC", "after one switch", "gives"];

    /// <summary>Of an observed host: what no kernel tells (cables, guests, slots) is of the last file.</summary>
    public static HostCapacity Observed(Observation now, Ledger ledger)
    {
        var known = ledger.For(now);
        var host = now.Host with
        {
            Links = [.. now.Host.Links.Select(link => known.Last.Find(link.Name.Value) is { } said ? link with { Rest = said.Rest } : link)],
            Rest = known.Last.Rest,
            AsWritten = known.Last.AsWritten,
        };
        return Reckoning.Of(host, now.Host.Links.Where(link => Foreign.IsGuests(link, now.Host, known)).Select(link => link.Name.Value).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A table under each way out.</summary>
    /// <param name="host">The figures.</param>
    /// <param name="names">Only networks that these links or guests are of, each on its own line; empty for all.</param>
    /// <param name="all">Fold nothing.</param>
    public static ImmutableArray<Line> Of(HostCapacity host, IReadOnlyCollection<string> names, bool all = false)
    {
        var lines = ImmutableArray.CreateBuilder<Line>();
        var folds = false;
        var (byWay, guestsByWay) = (host.Networks.ToLookup(network => network.Over?.Name), host.Guests.ToLookup(guest => guest.Over?.Name));
        foreach (var uplink in host.Uplinks.Cast<Uplink?>().Append(null))
        {
            var (inside, plugged) = (byWay[uplink?.Name].ToList(), guestsByWay[uplink?.Name].ToList());
            var wanted = names.Count == 0 || uplink is not null && (names.Contains(uplink.Name) || uplink.Ports.Any(port => names.Contains(port.Port) || port.Nic is { } nic && names.Contains(nic)));
            var networks = inside.Where(network => wanted || names.Contains(network.Link.Name.Value) || plugged.Exists(guest => guest.Network == network.Name && names.Contains(guest.Guest))).ToList();
            if (networks.Count == 0)
                continue;
            var shown = networks.Select(network => network.Name).ToHashSet(StringComparer.Ordinal);
            var rows = Rows(networks, all || names.Count > 0).Concat(Rows([.. plugged.Where(guest => shown.Contains(guest.Network))], all || names.Count > 0)).ToList();
            folds |= rows.Exists(row => row.Names.Length > 1);
            if (lines.Count > 0)
                lines.Add(Line.Of(""));
            lines.Add(uplink is null ? Line.Of("stays on this host, or leaves it nobody knows where", Tone.Name) : new([new(uplink.Name, Tone.Name), new($"  {Words(uplink)}")]));
            Table(lines, rows);
            if (inside.Count > 1 && uplink is not null)
                lines.Add(Line.Of($"  {Ranges.Of(inside.Select(network => network.Name))} share {uplink.Name}: all flows are those of all {inside.Count} together"));
            Reasons(lines, rows);
        }
        if (lines.Count == 0)
            lines.Add(Line.Of(names.Count == 0 ? "no network: no bridge or bond, and no link with an address" : "no bridge, and no link with an address, uses these links"));
        if (folds)
            lines.AddRange(Line.Of(""), Line.Of("Alike networks are one line: weft show --capacity NAME tells those of one link, --all each.", Tone.Faint));
        return lines.ToImmutable();
    }

    private static string Words(Uplink uplink) =>
        string.Join("  ", new[] { uplink.Mode, uplink.Policy }.Where(word => word is not null).Append(string.Join(", ", uplink.Ports.Select(port =>
            (uplink.Mode is null ? "" : $"{port.Port} ") + (!port.IsUp ? "no carrier" : port.Speed is { } speed ? Rates.Text(speed) : "unknown")))));

    private static IEnumerable<Row> Rows(List<NetworkCapacity> networks, bool all) =>
        networks.GroupBy(network => new { network.Figures, network.Link.Kind, Guests = network.Guests > 0 }).SelectMany(alike => Fold(alike.ToList(), all, network => network.Name, FoldWords.Plural(alike.Key.Kind.Word), network => Cells(network)));

    private static IEnumerable<Row> Rows(List<GuestCapacity> guests, bool all) =>
        guests.GroupBy(guest => new { guest.Figures, guest.Model }).SelectMany(alike => Fold(alike.ToList(), all, guest => guest.Guest, $"guests' NICs{(alike.Key.Model is { } model ? $" ({model})" : "")} of", guest => (
            $"{guest.Guest} NIC {guest.Nic}{(guest.Model is { } own ? $" ({own})" : "")}", Cells(guest.Figures, isGuest: true), guest.Figures.Limits)));

    private static (string Label, ImmutableArray<string> Cells, ImmutableArray<Limit> Limits) Cells(NetworkCapacity network) =>
        (network.Name, Cells(network.Figures, isGuest: false, network.Guests > 0 || network.Link.Kind == LinkKind.Bridge), network.Figures.Limits);

    private static IEnumerable<Row> Fold<T>(List<T> alike, bool all, Func<T, string> name, string plural, Func<T, (string Label, ImmutableArray<string> Cells, ImmutableArray<Limit> Limits)> row)
    {
        if (all || alike.Count <= Folding.Few)
            return alike.Select(one => row(one) is var (label, cells, limits) ? new Row([name(one)], label, cells, limits) : null!);
        var (_, shared, reasons) = row(alike[0]);
        return [new([.. alike.Select(name)], $"{alike.Count} {plural} {Ranges.Of(alike.Select(name))}", shared, reasons)];
    }

    private static ImmutableArray<string> Cells(Figures figures, bool isGuest, bool hasGuests = true) =>
    [
        Cell(figures.Flow), hasGuests ? Cell(figures.Guest) : "", isGuest ? "" : Cell(figures.All), Cell(figures.AfterCable), Cell(figures.AfterNic), Cell(figures.AfterSwitch),
        isGuest ? "" : Gives(figures) is { Length: > 0 } gives ? string.Join(", ", gives) : "none of these",
    ];

    /// <summary>redundancy, load balancing, aggregation.</summary>
    private static ImmutableArray<string> Gives(Figures figures) =>
        [.. new[] { (figures.IsRedundant, "redundancy"), (figures.IsBalanced, "load balancing"), (figures.IsAggregated, "aggregation") }.Where(pair => pair.Item1).Select(pair => pair.Item2)];

    private static string Cell(Figure figure) =>
        figure.IsSwitchs || figure.In == figure.Out || Cell(figure.In) == Cell(figure.Out) ? Cell(figure.Out) : $"{Cell(figure.Out)} out, {Cell(figure.In)} in";

    private static string Cell(Rate rate) =>
        rate.IsByProcessor ? "CPU-bound"
        : rate is not { Least: { } least, Most: { } most } ? "unknown"
        : most == 0 ? "nothing"
        : (least == most ? Rates.Text(most) : $"{(least == 0 ? "nothing" : Rates.Text(least))}-{Rates.Text(most)}") + (rate.IsReordered ? ", reordered" : "");

    private static void Table(ImmutableArray<Line>.Builder lines, List<Row> rows)
    {
        // A column that nobody has anything in is not drawn.
        int[] columns = [.. Enumerable.Range(0, Heads.Length).Where(at => at == 0 || rows.Exists(row => row.Cells[at - 1].Length > 0))];
        string Text(Row? row, int column) => row is null ? Heads[column] : column == 0 ? Quote.Clean(row.Label) : row.Cells[column - 1];
        var widths = columns.ToDictionary(column => column, column => rows.Select(row => Text(row, column).Length).Append(Heads[column].Length).Max());
        string Drawn(Row? row) => "  " + string.Join("  ", columns.Select(column => Text(row, column).PadRight(widths[column]))).TrimEnd();
        lines.Add(Line.Of(Drawn(null), Tone.Faint));
        lines.AddRange(rows.Select(row => Line.Of(Drawn(row))));
    }

    private static void Reasons(ImmutableArray<Line>.Builder lines, List<Row> rows)
    {
        var owners = rows.SelectMany(row => row.Limits.Select(limit => (limit, row))).ToLookup(pair => pair.limit, pair => pair.row);
        var networks = rows.Count(row => row.Cells[^1].Length > 0);
        foreach (var limit in owners)
            lines.Add(Line.Of($"  {Word(limit.Key.Of)}: {(limit.Count() >= networks ? "" : $"of {Ranges.Of(limit.SelectMany(row => row.Names))}, ")}{limit.Key.Why}", Tone.Faint));
    }

    private static string Word(Whose of) => of == Whose.Any ? "everything" : Heads[(int)of + 1];

    /// <summary>
    /// Writes `{"capacity":{"uplinks":[…],"networks":[{"name","over","guests","mtu","one_flow","one_guest","all_flows","after_one_cable","after_one_nic","after_one_switch","gives",
    /// "limits"}],"guests":[…]}}`; a figure is `{"out":{"least_mbits","most_mbits","cpu_bound","reordered"},"in":{…},"in_by_switch"}`, and null is not known.
    /// </summary>
    /// <param name="host">The figures; null where a file makes no host.</param>
    /// <param name="findings">Of a file; null for a host.</param>
    public static void WriteJson(Utf8JsonWriter to, HostCapacity? host, IEnumerable<Finding>? findings)
    {
        to.WriteStartObject();
        if (host is null)
            to.WriteNull("capacity");
        else
        {
            to.WriteStartObject("capacity");
            var byWay = host.Networks.ToLookup(network => network.Over?.Name, network => network.Name);
            Array(to, "uplinks", host.Uplinks, uplink => Members(to, uplink, byWay[uplink.Name]));
            Array(to, "networks", host.Networks, network =>
            {
                to.WriteString("name", network.Name);
                to.WriteString("link", network.Link.Name.Value);
                to.WriteString("over", network.Over?.Name);
                to.WriteNumber("guests", network.Guests);
                Number(to, "mtu", network.Mtu);
                Members(to, network.Figures);
            });
            Array(to, "guests", host.Guests, guest =>
            {
                to.WriteString("guest", guest.Guest);
                to.WriteNumber("nic", guest.Nic);
                to.WriteString("network", guest.Network);
                to.WriteString("over", guest.Over?.Name);
                to.WriteString("model", guest.Model);
                Members(to, guest.Figures);
            });
            to.WriteEndObject();
        }
        if (findings is not null)
            Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter to, Uplink uplink, IEnumerable<string> networks)
    {
        to.WriteString("name", uplink.Name);
        to.WriteString("kind", uplink.Link.Kind.Word);
        to.WriteString("mode", uplink.Mode);
        to.WriteString("xmit_hash_policy", uplink.Policy);
        Array(to, "ports", uplink.Ports, port =>
        {
            to.WriteString("port", port.Port);
            to.WriteString("nic", port.Nic);
            Number(to, "speed", port.Speed);
            to.WriteBoolean("up", port.IsUp);
            to.WriteString("card", port.Card);
            to.WriteString("switch", port.Cable?.Switch?.Value);
            Array(to, "pcie", port.Pcie, link =>
            {
                to.WriteString("name", link.Name);
                to.WriteNumber("gen", link.Gen);
                to.WriteNumber("lanes", link.Lanes);
                to.WriteNumber("mbits", link.Mbits);
            });
        });
        Words(to, "networks", networks);
    }

    private static void Members(Utf8JsonWriter to, Figures figures)
    {
        foreach (var (name, figure) in new[] { ("one_flow", figures.Flow), ("one_guest", figures.Guest), ("all_flows", figures.All), ("after_one_cable", figures.AfterCable), ("after_one_nic", figures.AfterNic), ("after_one_switch", figures.AfterSwitch) })
        {
            to.WriteStartObject(name);
            Member(to, "out", figure.Out);
            Member(to, "in", figure.In);
            to.WriteBoolean("in_by_switch", figure.IsSwitchs);
            to.WriteEndObject();
        }
        Words(to, "gives", Gives(figures).Select(word => word.Replace(' ', '_')));
        Array(to, "limits", figures.Limits, limit =>
        {
            to.WriteString("of", Word(limit.Of).ToLower(CultureInfo.InvariantCulture).Replace(' ', '_'));
            to.WriteString("what", limit.What);
            to.WriteString("why", limit.Why);
        });
    }

    private static void Member(Utf8JsonWriter to, string name, Rate rate)
    {
        to.WriteStartObject(name);
        Number(to, "least_mbits", rate.Least);
        Number(to, "most_mbits", rate.Most);
        to.WriteBoolean("cpu_bound", rate.IsByProcessor);
        to.WriteBoolean("reordered", rate.IsReordered);
        to.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter to, string name, IEnumerable<T> all, Action<T> write)
    {
        to.WriteStartArray(name);
        foreach (var one in all)
        {
            to.WriteStartObject();
            write(one);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter to, string name, IEnumerable<string> words)
    {
        to.WriteStartArray(name);
        foreach (var word in words)
            to.WriteStringValue(word);
        to.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter to, string name, long? number)
    {
        if (number is { } known)
            to.WriteNumber(name, known);
        else
            to.WriteNull(name);
    }
}
