// What a database consists of, as its server tells it: each version of Open vSwitch has other tables and columns, so nothing of it is
// assumed. What is asked for and not there is a value of the answer.

using System.Collections.Immutable;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Schemas;

/// <summary>The type of a key or value, and what it may be (RFC 7047, base-type).</summary>
public sealed record BaseType(AtomType Type)
{
    /// <summary>The values it may be; null where all.</summary>
    public ImmutableArray<Atom>? Words { get; init; }

    /// <summary>Bounds of a number.</summary>
    public Atom? Least { get; init; }

    public Atom? Most { get; init; }

    /// <summary>Bounds of a string's length, in characters.</summary>
    public long ShortestText { get; init; }

    public long LongestText { get; init; } = long.MaxValue;

    /// <summary>The table whose rows it refers to.</summary>
    public string? Refers { get; init; }

    /// <summary>A row that is referred to strongly lives as long as that; weakly, the reference goes with the row.</summary>
    public bool IsStrong { get; init; } = true;

    /// <summary>Why it does not take an atom; null where it does.</summary>
    public string? Refuses(Atom atom) =>
        atom.Type != Type ? $"{atom} is no {Word(Type)}"
        : Words is { } words && !words.Contains(atom) ? $"{atom} is not one of {string.Join(", ", words)}"
        : (Least is { } least && atom < least) || (Most is { } most && atom > most) ? $"{atom} is not in the range {Least?.ToString() ?? "…"} to {Most?.ToString() ?? "…"}"
        : atom is Atom.Text { Value: var text } && !(ShortestText == 0 && LongestText == long.MaxValue) && Length(text) is var length && (length < ShortestText || length > LongestText) ? $"\"{text}\" has {length} characters, and {ShortestText} to {LongestText} are taken"
        : null;

    private static long Length(string text) => text.EnumerateRunes().LongCount();

    internal static string Word(AtomType type) => type == AtomType.Text ? "string" : type.ToString().ToLowerInvariant();
}

/// <summary>How many of what a column holds: a set, or a map where there is a type of values.</summary>
public sealed record ColumnType(BaseType Key)
{
    public BaseType? Value { get; init; }
    public long Min { get; init; } = 1;
    public long Max { get; init; } = 1;

    public bool IsMap => Value is not null;

    /// <summary>Why it does not take a value; null where it does.</summary>
    public string? Refuses(Datum datum) =>
        datum.Count > 0 && datum.IsMap != IsMap ? $"{datum} is no {(IsMap ? "map" : "set")}"
        : datum.Count < Min || datum.Count > Max ? $"{datum} has {datum.Count} element{(datum.Count == 1 ? "" : "s")}, and {(Min == Max ? $"{Min}" : $"{Min} to {(Max == long.MaxValue ? "any number" : $"{Max}")}")} must be there"
        : RefusesAnyOf(datum);

    /// <summary>The same without counting: what is put into a set or taken out of it need not be one itself.</summary>
    public string? RefusesAnyOf(Datum datum) => datum.Keys.Select(Key.Refuses).Concat(datum.Values.Select(atom => Value?.Refuses(atom))).FirstOrDefault(why => why is not null);

    /// <summary>What a new row holds that says nothing of it, and what a server leaves out of a whole row.</summary>
    public Datum Usual => Min == 0 ? Datum.Empty : Value is { } value ? Datum.Map(KeyValuePair.Create(Zero(Key), Zero(value))) : Zero(Key);

    /// <summary>Of words the first in order, of numbers 0 even where that is out of range (ovsdb_atom_init_default).</summary>
    private static Atom Zero(BaseType type) => type.Type switch
    {
        AtomType.Integer => 0L,
        AtomType.Real => new Atom.Real(0),
        AtomType.Boolean => false,
        AtomType.Text => "",
        _ => Guid.Empty,
    };
}

/// <summary>A column.</summary>
public sealed record Column(string Name, ColumnType Type)
{
    /// <summary>Whether it may change once its row is there.</summary>
    public bool IsMutable { get; init; } = true;

    /// <summary>It is the switch's to tell, and gone when the database starts again.</summary>
    public bool IsEphemeral { get; init; }
}

/// <summary>A table.</summary>
public sealed record Table(string Name, ImmutableSortedDictionary<string, Column> Columns)
{
    public long MaxRows { get; init; } = long.MaxValue;

    /// <summary>Rows of others go when nothing refers to them.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Columns of which no two rows have the same.</summary>
    public ImmutableArray<ImmutableArray<string>> Indexes { get; init; } = [];

    public Column? Find(string column) => Columns.GetValueOrDefault(column) ?? (column == "_uuid" || column == "_version" ? Itself with { Name = column } : null);

    /// <summary>`_uuid` and `_version`, which every row has and no schema says.</summary>
    private static readonly Column Itself = new("_uuid", new(new(AtomType.Uuid))) { IsMutable = false };
}

/// <summary>A database's schema.</summary>
public sealed record Schema(string Name, string Version, ImmutableSortedDictionary<string, Table> Tables)
{
    public Table? Find(string table) => Tables.GetValueOrDefault(table);

    /// <summary>A column, or why there is none.</summary>
    public Answer<Column> Find(string table, string column) =>
        Find(table) is not { } found ? Failure.NoTable(table, this) : found.Find(column) is { } there ? there : Failure.NoColumn(table, column, this);
}
