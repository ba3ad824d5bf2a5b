// Rows of Open vSwitch's database as what they are about: named, each in its place, with the cells that are meant. What a file declares, what a database holds and
// what was there before a change are this one type; rows that refer to others do so by name, since uuids are of one database and one moment.

using System.Collections.Immutable;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Values;
using Weft.Text;

namespace Weft.OpenVswitch;

/// <summary>A column, or of a column that is a map the value of one key.</summary>
/// <param name="Column">The column.</param>
/// <param name="Key">The key; empty where the whole column is meant.</param>
public readonly record struct Cell(string Column, string Key = "") : IComparable<Cell>
{
    public int CompareTo(Cell other) => string.CompareOrdinal(Column, other.Column) is not 0 and var column ? column : string.CompareOrdinal(Key, other.Key);

    public override string ToString() => Key.Length == 0 ? Column : $"{Column}:{Key}";

    public static bool operator <(Cell left, Cell right) => left.CompareTo(right) < 0;
    public static bool operator >(Cell left, Cell right) => left.CompareTo(right) > 0;
    public static bool operator <=(Cell left, Cell right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Cell left, Cell right) => left.CompareTo(right) >= 0;
}

/// <summary>Which row is meant: of a bridge, port or interface its name, of what hangs on a bridge the bridge's too.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">Its name; of what has none, what it hangs on.</param>
public sealed record RowName(string Table, string Name)
{
    public override string ToString() => $"{Table} {Name}";
}

/// <summary>A row.</summary>
/// <param name="Is">Which.</param>
/// <param name="Owner">The row that refers to it and keeps it alive: a port's bridge, an interface's port. Null of a bridge.</param>
public sealed record SwitchRow(RowName Is, RowName? Owner)
{
    /// <summary>Of a declared row what is said of it; empty values are said too: nothing is to be there. Of an observed one every cell that Weft knows.</summary>
    public ImmutableSortedDictionary<Cell, At<Datum>> Cells { get; init; } = ImmutableSortedDictionary<Cell, At<Datum>>.Empty;

    /// <summary>Where it was declared.</summary>
    public Place Place { get; init; }

    /// <summary>The row's uuid, where it was observed.</summary>
    public Guid Uuid { get; init; }

    /// <summary>The row as it was observed, with every column that is followed.</summary>
    public Row? Held { get; init; }

    public Datum this[Cell cell] => Cells.TryGetValue(cell, out var said) ? said.Value : Datum.Empty;

    /// <summary>The label that a file gave it; null of everybody else's.</summary>
    public string? Mark => this[OpenVswitch.Cells.Mark].Text;

    public override string ToString() => $"{Is}{(Owner is null ? "" : $" of {Owner.Name}")}: {string.Join(' ', Cells.Where(cell => cell.Value.Value.Count > 0).Select(cell => $"{cell.Key}={cell.Value.Value}"))}";
}

/// <summary>The rows of a switch.</summary>
public sealed class SwitchRows
{
    private readonly Dictionary<RowName, SwitchRow> rows = [];

    public static readonly SwitchRows None = new([]);

    /// <param name="rows">In an order in which owners may stand anywhere; of two of one name the first counts, and the other is among <see cref="Twice"/>.</param>
    public SwitchRows(IEnumerable<SwitchRow> rows)
    {
        var twice = ImmutableArray.CreateBuilder<SwitchRow>();
        var all = ImmutableArray.CreateBuilder<SwitchRow>();
        foreach (var row in rows)
            if (this.rows.TryAdd(row.Is, row))
                all.Add(row);
            else
                twice.Add(row);
        (All, Twice) = (all.ToImmutable(), twice.ToImmutable());
        OfOwner = All.Where(row => row.Owner is not null).ToLookup(row => row.Owner!);
    }

    public ImmutableArray<SwitchRow> All { get; }

    /// <summary>Rows for whose names there were others before.</summary>
    public ImmutableArray<SwitchRow> Twice { get; }

    /// <summary>What a row keeps alive.</summary>
    public ILookup<RowName, SwitchRow> OfOwner { get; }

    /// <summary>The uuid of the one row of the database that everything hangs on; null where the database is new.</summary>
    public Guid? Root { get; init; }

    public SwitchRow? Find(RowName name) => rows.GetValueOrDefault(name);

    public IEnumerable<SwitchRow> Of(string table) => All.Where(row => row.Is.Table == table);

    /// <summary>Those of these names, as a snapshot to go back to.</summary>
    public SwitchRows Only(IEnumerable<RowName> names)
    {
        var wanted = names.ToHashSet();
        return new(All.Where(row => wanted.Contains(row.Is)));
    }

    public override string ToString() => string.Join('\n', All);
}
