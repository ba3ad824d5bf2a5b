// What a transaction is made of (RFC 7047, 5.2).

using System.Collections.Immutable;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Operations;

/// <summary>Columns of a row and what they hold: all of them, or those that are meant.</summary>
public sealed class Row
{
    private readonly ImmutableSortedDictionary<string, Datum> columns;

    public Row(params IEnumerable<(string Column, Datum Value)> columns) => this.columns = columns.ToImmutableSortedDictionary(pair => pair.Column, pair => pair.Value, StringComparer.Ordinal);

    internal Row(ImmutableSortedDictionary<string, Datum> columns) => this.columns = columns;

    /// <summary>What a column holds; null where it is not among them.</summary>
    public Datum? this[string column] => columns.GetValueOrDefault(column);

    public IEnumerable<string> Columns => columns.Keys;
    internal IEnumerable<KeyValuePair<string, Datum>> Pairs => columns;

    internal Row With(IEnumerable<KeyValuePair<string, Datum>> others) => new(columns.SetItems(others));

    public override string ToString() => string.Join(", ", columns.Select(pair => $"{pair.Key} {pair.Value}"));
}

/// <summary>How a column is compared.</summary>
public enum Comparison
{
    Is,
    IsNot,
    Less,
    AtMost,
    Greater,
    AtLeast,

    /// <summary>All of the value is in the column.</summary>
    Includes,

    /// <summary>Nothing of the value is in the column.</summary>
    Excludes,
}

/// <summary>How a column is changed where it stands, whatever it holds by then.</summary>
public enum Mutator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Insert,
    Delete,
}

/// <summary>One thing that must be so of a row for it to be meant.</summary>
public sealed record Condition(string Column, Comparison Comparison, Datum Value)
{
    /// <summary>The one row of this uuid.</summary>
    public static Condition Row(Atom uuid) => new("_uuid", Comparison.Is, uuid);
}

/// <summary>One change of a column.</summary>
public sealed record Mutation(string Column, Mutator Mutator, Datum Value);

/// <summary>One operation of a transaction. All of them are done, or none.</summary>
public abstract record Operation
{
    /// <summary>A new row; what is not said of it is usual.</summary>
    public sealed record Insert(string Table, Row Row) : Operation
    {
        /// <summary>By which the same transaction refers to it.</summary>
        public string? Name { get; init; }
    }

    public sealed record Select(string Table, params ImmutableArray<Condition> Where) : Operation
    {
        /// <summary>The columns that are told; all where it is empty.</summary>
        public ImmutableArray<string> Columns { get; init; } = [];
    }

    public sealed record Update(string Table, Row Row, params ImmutableArray<Condition> Where) : Operation;

    public sealed record Mutate(string Table, ImmutableArray<Mutation> Mutations, params ImmutableArray<Condition> Where) : Operation;

    public sealed record Delete(string Table, params ImmutableArray<Condition> Where) : Operation;

    /// <summary>Goes on only if the rows that are meant are these, in these columns; else nothing of the transaction is done. It waits for that no longer than it is told.</summary>
    public sealed record Wait(string Table, ImmutableArray<string> Columns, ImmutableArray<Row> Rows, params ImmutableArray<Condition> Where) : Operation
    {
        public bool Until { get; init; } = true;
        public TimeSpan AtMost { get; init; } = TimeSpan.Zero;
    }

    /// <summary>A line in the server's log of changes.</summary>
    public sealed record Comment(string Text) : Operation;

    /// <summary>Ends it: nothing is done. What stands before is checked all the same.</summary>
    public sealed record Abort : Operation;

    /// <summary>Whether the answer waits until it is on disk.</summary>
    public sealed record Commit(bool IsDurable) : Operation;

    public sealed override string ToString() => this switch
    {
        Insert insert => $"insert into {insert.Table}",
        Select select => $"select from {select.Table}",
        Update update => $"update {update.Table}",
        Mutate mutate => $"mutate {mutate.Table}",
        Delete delete => $"delete from {delete.Table}",
        Wait wait => $"wait for {wait.Table}",
        Comment => "comment",
        Abort => "abort",
        _ => "commit",
    };
}
