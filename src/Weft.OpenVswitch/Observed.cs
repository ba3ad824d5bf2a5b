// The rows that a replica of the database holds, with every cell that Weft knows, whoever made them.

using System.Collections.Immutable;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;
using Weft.Ovsdb.Values;
using Weft.Text;

namespace Weft.OpenVswitch;

/// <summary>Reads rows.</summary>
public static class Observed
{
    /// <summary>What of the database has to be followed.</summary>
    public static IEnumerable<(string Table, IEnumerable<string> Columns)> Wanted =>
    [
        (Cells.Root, ["bridges", "next_cfg", "cur_cfg"]),
        .. Cells.Order.Select(table => (table, Cells.Known[table].Select(cell => cell.Column).Concat(Cells.Owners.Values.Where(owner => owner.Table == table).Select(owner => owner.Column)).Append("name")
            .Concat(table == Cells.Interface ? ["error", "ofport"] : []).Distinct(StringComparer.Ordinal))),
    ];

    public static SwitchRows Of(Replica replica)
    {
        var (names, rows) = (new Dictionary<Guid, RowName>(), new List<SwitchRow>());
        // From the top down, since what has no name of its own has its owner's.
        foreach (var table in Cells.Order.Reverse())
        {
            var (above, column) = Cells.Owners[table];
            var owners = replica[above].SelectMany(owner => (owner.Value[column]?.Rows ?? []).Select(row => (Row: row, Owner: owner.Key))).DistinctBy(pair => pair.Row).ToDictionary(pair => pair.Row, pair => pair.Owner);
            foreach (var (uuid, row) in replica[table].OrderBy(row => row.Key))
            {
                var owner = owners.TryGetValue(uuid, out var kept) ? names.GetValueOrDefault(kept) : null;
                if (owner is null && table != Cells.Bridge)
                    continue; // The server is about to forget it.
                names[uuid] = table is Cells.Bridge or Cells.Port or Cells.Interface ? new(table, row["name"]?.Text ?? "") : Watches.NameOf(table, owner!.Name, table == Cells.Mirror ? row["name"]?.Text ?? "" : null);
                rows.Add(new(names[uuid], owner) { Uuid = uuid, Held = row });
            }
        }
        return new(rows.Select(row => row with { Cells = CellsOf(row, names) })) { Root = replica[Cells.Root].Count > 0 ? replica[Cells.Root].Keys.First() : null };
    }

    private static ImmutableSortedDictionary<Cell, At<Datum>> CellsOf(SwitchRow row, Dictionary<Guid, RowName> names) => Cells.Known[row.Is.Table]
        .Where(cell => row.Held![cell.Column] is not null)
        .ToImmutableSortedDictionary(cell => cell, cell => At.Nowhere(Read(cell, row.Held![cell.Column]!, names)));

    private static Datum Read(Cell cell, Datum held, Dictionary<Guid, RowName> names) =>
        cell.Key.Length > 0 ? held[cell.Key] is { } value ? Datum.Of(value) : Datum.Empty
        : Cells.PortsOf.Contains(cell.Column) ? Datum.Set(held.Rows.Select(port => names.GetValueOrDefault(port)?.Name).OfType<string>().Select(name => (Atom)name))
        : held;
}
