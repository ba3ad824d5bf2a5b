// Operations as JSON, each looked at beside the schema first: what no server would take is said before anything is sent, with its column.

using System.Text.Json;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Operations;

/// <summary>Checks and writes operations.</summary>
internal static class OperationText
{
    /// <summary>What the schema has against an operation.</summary>
    public static IEnumerable<Failure> Refusals(Operation operation, Schema schema) => operation switch
    {
        Operation.Insert insert => OfRow(schema, insert.Table, insert.Row, isNew: true),
        Operation.Select select => OfColumns(schema, select.Table, select.Columns).Concat(OfWhere(schema, select.Table, select.Where)),
        Operation.Update update => OfRow(schema, update.Table, update.Row, isNew: false).Concat(OfWhere(schema, update.Table, update.Where)),
        Operation.Mutate mutate => mutate.Mutations.SelectMany(mutation => OfMutation(schema, mutate.Table, mutation)).Concat(OfWhere(schema, mutate.Table, mutate.Where)),
        Operation.Delete delete => OfWhere(schema, delete.Table, delete.Where),
        Operation.Wait wait => OfColumns(schema, wait.Table, wait.Columns).Concat(wait.Rows.SelectMany(row => OfColumns(schema, wait.Table, row.Columns))).Concat(OfWhere(schema, wait.Table, wait.Where)),
        _ => [],
    };

    private static IEnumerable<Failure> OfRow(Schema schema, string table, Row row, bool isNew)
    {
        if (schema.Find(table) is null)
        {
            yield return Failure.NoTable(table, schema);
            yield break;
        }
        foreach (var (name, value) in row.Pairs)
            if (schema.Find(table, name) is var found && found.Value is not { } column)
                yield return found.Failure!;
            else if (!isNew && !column.IsMutable)
                yield return new(FailureKind.Constraint, $"{table}.{name}", $"{table}.{name} cannot change", "the schema says that it is for good", "make a new row");
            else if (column.Type.Refuses(value) is { } why)
                yield return Refused(table, name, why);
    }

    private static IEnumerable<Failure> OfColumns(Schema schema, string table, IEnumerable<string> columns) =>
        columns.Select(column => schema.Find(table, column).Failure).Concat(schema.Find(table) is null ? [Failure.NoTable(table, schema)] : []).OfType<Failure>().Take(1);

    private static IEnumerable<Failure> OfWhere(Schema schema, string table, IEnumerable<Condition> where)
    {
        if (schema.Find(table) is null)
            yield return Failure.NoTable(table, schema);
        else
            foreach (var condition in where)
                if (schema.Find(table, condition.Column) is var found && found.Value is not { } column)
                    yield return found.Failure!;
                else if (Compared(column.Type, condition.Comparison) is not { } type)
                    yield return Refused(table, condition.Column, "it has no order");
                else if (type.Refuses(condition.Value) is { } why)
                    yield return Refused(table, condition.Column, why);
    }

    /// <summary>What a column is compared with; null where it cannot be compared so (ovsdb_clause_from_json).</summary>
    private static ColumnType? Compared(ColumnType type, Comparison comparison) => comparison switch
    {
        Comparison.Is or Comparison.IsNot => type,
        Comparison.Includes => type is { Min: 1, Max: 1, IsMap: false } ? type : type with { Min = 0 },
        Comparison.Excludes => type is { Min: 1, Max: 1, IsMap: false } ? type : type with { Min = 0, Max = long.MaxValue },
        _ => type is { Max: 1, IsMap: false, Key.Type: AtomType.Integer or AtomType.Real } ? type with { Min = 1 } : null,
    };

    private static IEnumerable<Failure> OfMutation(Schema schema, string table, Mutation mutation)
    {
        if (schema.Find(table, mutation.Column) is var found && found.Value is not { } column)
            yield return found.Failure!;
        else if (mutation.Mutator is not (Mutator.Insert or Mutator.Delete))
        {
            if (column.Type is { IsMap: true } or { Key.Type: not (AtomType.Integer or AtomType.Real) } || mutation.Value.One is not (Atom.Integer or Atom.Real))
                yield return Refused(table, mutation.Column, $"{mutation.Value} is nothing to reckon with there");
        }
        else if ((mutation.Mutator == Mutator.Delete && !mutation.Value.IsMap ? new ColumnType(column.Type.Key) : column.Type).RefusesAnyOf(mutation.Value) is { } why) // Of a map, keys alone may go.
            yield return Refused(table, mutation.Column, why);
    }

    private static Failure Refused(string table, string column, string why) =>
        new(FailureKind.Constraint, $"{table}.{column}", $"{table}.{column} does not take it: {why}", "the schema of this Open vSwitch says so", "give it a value that the schema allows");

    public static void Write(Utf8JsonWriter to, Operation operation, Schema schema)
    {
        to.WriteStartObject();
        switch (operation)
        {
            case Operation.Insert insert:
                Begin(to, "insert", insert.Table);
                Row(to, "row", insert.Row, schema.Find(insert.Table)!);
                if (insert.Name is { } name)
                    to.WriteString("uuid-name", name);
                break;
            case Operation.Select select:
                Begin(to, "select", select.Table);
                Where(to, select.Where, schema.Find(select.Table)!);
                if (!select.Columns.IsEmpty)
                    Names(to, select.Columns);
                break;
            case Operation.Update update:
                Begin(to, "update", update.Table);
                Where(to, update.Where, schema.Find(update.Table)!);
                Row(to, "row", update.Row, schema.Find(update.Table)!);
                break;
            case Operation.Mutate mutate:
                Begin(to, "mutate", mutate.Table);
                Where(to, mutate.Where, schema.Find(mutate.Table)!);
                List(to, "mutations", mutate.Mutations, mutation => Triple(to, mutation.Column, Word(mutation.Mutator), mutation.Value,
                    schema.Find(mutate.Table)!.Find(mutation.Column)!.Type.IsMap && (mutation.Mutator == Mutator.Insert || mutation.Value.IsMap)));
                break;
            case Operation.Delete delete:
                Begin(to, "delete", delete.Table);
                Where(to, delete.Where, schema.Find(delete.Table)!);
                break;
            case Operation.Wait wait:
                Begin(to, "wait", wait.Table);
                to.WriteNumber("timeout", (long)wait.AtMost.TotalMilliseconds);
                Where(to, wait.Where, schema.Find(wait.Table)!);
                Names(to, wait.Columns);
                to.WriteString("until", wait.Until ? "==" : "!=");
                List(to, "rows", wait.Rows, row => Row(to, null, row, schema.Find(wait.Table)!));
                break;
            case Operation.Comment comment:
                to.WriteString("op", "comment");
                to.WriteString("comment", comment.Text);
                break;
            case Operation.Commit commit:
                to.WriteString("op", "commit");
                to.WriteBoolean("durable", commit.IsDurable);
                break;
            default:
                to.WriteString("op", "abort");
                break;
        }
        to.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter to, string op, string table)
    {
        to.WriteString("op", op);
        to.WriteString("table", table);
    }

    private static void Where(Utf8JsonWriter to, IEnumerable<Condition> where, Table table) =>
        List(to, "where", where, condition => Triple(to, condition.Column, Word(condition.Comparison), condition.Value, table.Find(condition.Column)!.Type.IsMap));

    private static void Row(Utf8JsonWriter to, string? name, Row row, Table table)
    {
        if (name is not null)
            to.WritePropertyName(name);
        to.WriteStartObject();
        foreach (var (column, value) in row.Pairs)
        {
            to.WritePropertyName(column);
            DatumText.Write(to, value, table.Find(column)!.Type.IsMap);
        }
        to.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter to, IEnumerable<string> columns) => List(to, "columns", columns, to.WriteStringValue);

    private static void Triple(Utf8JsonWriter to, string column, string word, Datum value, bool isMap)
    {
        to.WriteStartArray();
        to.WriteStringValue(column);
        to.WriteStringValue(word);
        DatumText.Write(to, value, isMap);
        to.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter to, string name, IEnumerable<T> all, Action<T> one)
    {
        to.WriteStartArray(name);
        foreach (var each in all)
            one(each);
        to.WriteEndArray();
    }

    private static string Word(Comparison comparison) => comparison switch
    {
        Comparison.Is => "==",
        Comparison.IsNot => "!=",
        Comparison.Less => "<",
        Comparison.AtMost => "<=",
        Comparison.Greater => ">",
        Comparison.AtLeast => ">=",
        Comparison.Includes => "includes",
        _ => "excludes",
    };

    private static string Word(Mutator mutator) => mutator switch
    {
        Mutator.Add => "+=",
        Mutator.Subtract => "-=",
        Mutator.Multiply => "*=",
        Mutator.Divide => "/=",
        Mutator.Modulo => "%=",
        Mutator.Insert => "insert",
        _ => "delete",
    };
}
