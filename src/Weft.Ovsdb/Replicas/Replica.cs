// Tables as they stand at the server, here: a monitor tells them once and then each change, transaction by transaction. What a message says is
// applied whole or not at all; one that makes no sense ends the connection, for nothing behind it could be trusted.

using System.Text.Json;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Replicas;

/// <summary>The rows of some tables, kept current while their client takes what comes.</summary>
public sealed class Replica
{
    private readonly Dictionary<string, Dictionary<Guid, Row>> tables;

    /// <param name="schema">Of the database.</param>
    /// <param name="wanted">Tables, and of each the columns that are kept. What this schema does not have is left out.</param>
    internal Replica(Schema schema, IEnumerable<(string Table, IEnumerable<string> Columns)> wanted)
    {
        Schema = schema;
        Wanted = wanted.Where(one => schema.Find(one.Table) is not null).DistinctBy(one => one.Table, StringComparer.Ordinal)
            .ToDictionary(one => one.Table, one => (IReadOnlyList<string>)[.. one.Columns.Where(schema.Find(one.Table)!.Columns.ContainsKey).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);
        tables = Wanted.Keys.ToDictionary(table => table, _ => new Dictionary<Guid, Row>(), StringComparer.Ordinal);
    }

    public Schema Schema { get; }

    /// <summary>What is kept: of each table its columns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Wanted { get; }

    /// <summary>How it is told: the newest method that the server has.</summary>
    public string Method { get; internal set; } = "";

    /// <summary>The last transaction that is in it, by which a new connection asks for what came since. Servers of one file tell zeros, and everything again.</summary>
    public string Transaction { get; internal set; } = Guid.Empty.ToString();

    /// <summary>Grows with each change.</summary>
    public long Changes { get; private set; }

    /// <summary>Whether the server stopped telling: its database is gone.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>A table's rows; none where it is not kept.</summary>
    public IReadOnlyDictionary<Guid, Row> this[string table] => tables.TryGetValue(table, out var rows) ? rows : None;

    private static readonly Dictionary<Guid, Row> None = [];

    /// <summary>The first row that is so.</summary>
    public KeyValuePair<Guid, Row>? Find(string table, string column, Datum value)
    {
        foreach (var row in this[table])
            if (value.Equals(row.Value[column]))
                return row;
        return null;
    }

    /// <summary>Forgets all: what comes next is everything.</summary>
    internal void Clear()
    {
        foreach (var rows in tables.Values)
            rows.Clear();
        Changes++;
    }

    /// <summary>Takes table-updates, of `monitor`, or table-updates2, of the others.</summary>
    /// <returns>What is wrong with them; then nothing was taken.</returns>
    internal string? Apply(JsonElement updates, bool isSecond)
    {
        if (updates.ValueKind != JsonValueKind.Object)
            return "updates that are no object";
        var changes = new List<(Dictionary<Guid, Row> Rows, Guid Row, Row? Is)>();
        foreach (var table in updates.EnumerateObject())
        {
            if (!tables.TryGetValue(table.Name, out var rows) || table.Value.ValueKind != JsonValueKind.Object)
                return $"updates of {table.Name}, which was not asked for";
            foreach (var row in table.Value.EnumerateObject())
            {
                if (!Guid.TryParseExact(row.Name, "D", out var uuid) || row.Value.ValueKind != JsonValueKind.Object)
                    return $"an update of {table.Name} that names no row";
                var wrong = isSecond ? Second(table.Name, rows, uuid, row.Value, out var now) : First(table.Name, rows, uuid, row.Value, out now);
                if (wrong is not null)
                    return wrong;
                changes.Add((rows, uuid, now));
            }
        }
        foreach (var (rows, uuid, now) in changes)
            if (now is null)
                rows.Remove(uuid);
            else
                rows[uuid] = now;
        Changes += changes.Count;
        return null;
    }

    /// <summary>RFC 7047, 4.1.6: `new` is the whole row, and where there is none it is gone.</summary>
    private string? First(string table, Dictionary<Guid, Row> rows, Guid uuid, JsonElement update, out Row? now)
    {
        now = null;
        if (!update.TryGetProperty("new", out var said))
            return update.TryGetProperty("old", out _) ? rows.ContainsKey(uuid) ? null : $"row {uuid} of {table} goes, and was not there" : $"an update of {table} with neither old nor new";
        now = Read(said, table, out var wrong);
        return now is null ? wrong : null;
    }

    /// <summary>ovsdb-server(7), 4.1.14: a whole row without what is usual, or of one that is there the differences.</summary>
    private string? Second(string table, Dictionary<Guid, Row> rows, Guid uuid, JsonElement update, out Row? now)
    {
        now = null;
        if (update.TryGetProperty("delete", out _))
            return rows.ContainsKey(uuid) ? null : $"row {uuid} of {table} goes, and was not there";
        var isChange = update.TryGetProperty("modify", out var said);
        if (!isChange && !update.TryGetProperty("insert", out said) && !update.TryGetProperty("initial", out said))
            return $"an update of {table} that is of no kind";
        if (Read(said, table, out var wrong) is not { } read)
            return wrong;
        if (!isChange)
            now = new Row(Wanted[table].Select(column => (column, Schema.Find(table)!.Columns[column].Type.Usual))).With(read.Pairs);
        else if (rows.TryGetValue(uuid, out var held))
            now = held.With(read.Pairs.Select(pair => KeyValuePair.Create(pair.Key, Schema.Find(table)!.Find(pair.Key)!.Type is var type
                ? (held[pair.Key] ?? type.Usual).Differing(pair.Value, type.IsMap, type.Max == 1) : pair.Value)));
        return now is null ? $"row {uuid} of {table} changes, and was not there" : null;
    }

    private Row? Read(JsonElement from, string table, out string wrong) => RowText.Read(from, Schema.Find(table)!, out wrong);
}
