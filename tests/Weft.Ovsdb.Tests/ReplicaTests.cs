// Replicas over each of the three ways of being told, beside what a select says: random transactions on every kind of column, by two clients.

using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Tests;

public sealed class ReplicaTests : IDisposable
{
    private const string EveryKind = """
        {"name": "Kinds", "version": "1.0.0", "tables": {
          "Thing": {"isRoot": true, "columns": {
            "number": {"type": "integer"}, "real": {"type": "real"}, "flag": {"type": "boolean"}, "text": {"type": "string"},
            "perhaps": {"type": {"key": "integer", "min": 0, "max": 1}}, "word": {"type": {"key": {"type": "string", "enum": ["set", ["a", "b", "c"]]}, "min": 0, "max": 1}},
            "some": {"type": {"key": {"type": "integer", "minInteger": 0, "maxInteger": 20}, "min": 0, "max": "unlimited"}}, "texts": {"type": {"key": {"type": "string", "maxLength": 4}, "min": 1, "max": 3}},
            "map": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}, "numbered": {"type": {"key": "integer", "value": {"type": "uuid", "refTable": "Thing", "refType": "weak"}, "min": 0, "max": 4}},
            "pair": {"type": {"key": "string", "value": "real", "min": 0, "max": 1}}, "friends": {"type": {"key": {"type": "uuid", "refTable": "Thing", "refType": "weak"}, "min": 0, "max": "unlimited"}}}}}}
        """;

    private readonly string file = Path.GetTempFileName();
    private readonly OvsdbServer server;
    private readonly Client client, other;
    private readonly Schema schema;

    public ReplicaTests()
    {
        File.WriteAllText(file, EveryKind);
        server = new(file);
        (client, other) = (server.Connect(), server.Connect());
        schema = client.Schema("Kinds").Value.ShouldNotBeNull();
    }

    public void Dispose()
    {
        other.Dispose();
        client.Dispose();
        server.Dispose();
        File.Delete(file);
    }

    [Theory]
    [InlineData("monitor_cond_since")]
    [InlineData("monitor_cond")]
    [InlineData("monitor")]
    public void A_replica_is_what_a_select_says(string method)
    {
        client.Methods = [method];
        var (random, rows) = (Chance.Of(7), new List<Guid>());
        Replica? replica = null;
        for (var round = 0; round < Chance.Rounds(400); round++)
        {
            if (round == 20)
                replica = client.Follow(schema, ("Thing", schema.Find("Thing")!.Columns.Keys)).Value.ShouldNotBeNull();
            var transaction = Random(random, rows);
            var (outcome, failure) = (random.Next(3) == 0 ? other : client).Transact(transaction);
            if (failure is not null)
            {
                failure.Kind.ShouldBe(FailureKind.Constraint, $"{failure}");
                continue;
            }
            rows.AddRange(outcome!.Done.Where(done => done.Row is not null).Select(done => done.Row!.Value));
            if (round % 10 == 0)
            {
                // Whoever asks over the same connection is answered behind what it was told.
                var there = client.Transact(new Transaction(schema).Do(new Operation.Select("Thing"))).Value!.Done[0].Rows.ToDictionary(row => row["_uuid"]!.Uuid!.Value, Words);
                if (replica is not null)
                    replica["Thing"].ToDictionary(row => row.Key, row => Words(row.Value)).ShouldBe(there, ignoreOrder: true);
                rows.RemoveAll(row => !there.ContainsKey(row));
            }
        }
        replica!.Method.ShouldBe(method);
        rows.Count.ShouldBeGreaterThan(20);
        replica.Changes.ShouldBeGreaterThan(200);
    }

    /// <summary>What is refused here the server refuses too, and of values it refuses no more than that.</summary>
    [Fact]
    public void What_the_schema_refuses_the_server_would_have_refused()
    {
        var (random, rows) = (Chance.Of(5), new List<Guid>());
        int refused = 0, taken = 0;
        for (var round = 0; round < Chance.Rounds(600); round++)
        {
            var (table, transaction) = (schema.Find("Thing")!, new Transaction(schema));
            var column = table.Columns.Values.ElementAt(random.Next(table.Columns.Count));
            var another = table.Columns.Values.ElementAt(random.Next(table.Columns.Count));
            var value = Of(random.Next(3) == 0 ? another.Type with { Max = 9 } : column.Type with { Key = column.Type.Key with { Words = null } }, random, rows, random.Next(0, 5));
            var isReal = column.Type.Key.Type == AtomType.Real || column.Type.Value?.Type == AtomType.Real;
            if ((value.IsMap && random.Next(4) > 0) || (isReal && value.Keys.Concat(value.Values).Any(atom => atom is Atom.Integer)))
                continue; // Of JSON, an integer is a real too.
            _ = random.Next(3) switch
            {
                0 => transaction.Do(new Operation.Insert("Thing", new Row(new[] { (column.Name, value), ("texts", (Datum)"a") }.DistinctBy(pair => pair.Item1)))),
                1 => transaction.Update("Thing", Guid.NewGuid(), new((column.Name, value))),
                _ => transaction.Do(new Operation.Select("Thing", new Condition(column.Name, (Comparison)random.Next(8), value))),
            };
            var mine = transaction.Refusals.FirstOrDefault();
            var its = client.Send(transaction).Failure;
            client.Broken.ShouldBeNull();
            (mine is null).ShouldBe(its is null, $"{transaction.Operations[0]} {column.Name} {value}: {mine} / {its}");
            _ = mine is null ? taken++ : refused++;
        }
        taken.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(100);
    }

    private static string Words(Row row) => string.Join(" | ", row.Columns.Where(column => column[0] != '_').Select(column => $"{column} {row[column]}"));

    private Transaction Random(Random random, List<Guid> rows)
    {
        var transaction = new Transaction(schema);
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var table = schema.Find("Thing")!;
            var some = table.Columns.Values.Where(_ => random.Next(3) == 0).ToList();
            var row = new Row(some.Select(column => (column.Name, Of(column.Type, random, rows, random.NextInt64(column.Type.Min, Math.Min(6, column.Type.Max) + 1)))).Append(("texts", Of(table.Find("texts")!.Type, random, rows, 2))).DistinctBy(pair => pair.Item1));
            var which = rows.Count == 0 ? Guid.Empty : rows[random.Next(rows.Count)];
            var column = table.Columns.Values.Where(column => column.Type.Max > 1).ElementAt(random.Next(5));
            _ = random.Next(6) switch
            {
                0 or 1 => transaction.Do(new Operation.Insert("Thing", row)),
                2 => transaction.Update("Thing", which, row),
                3 => transaction.Put("Thing", which, column.Name, Of(column.Type, random, rows, 1)),
                4 => transaction.Take("Thing", which, column.Name, Of(column.Type, random, rows, 1)),
                _ => random.Next(3) == 0 ? transaction.Delete("Thing", which) : transaction.Do(new Operation.Mutate("Thing", [new("number", Mutator.Add, random.Next(5)), new("real", Mutator.Multiply, new Atom.Real(0.5))], Condition.Row(which))),
            };
        }
        return transaction;
    }

    private static Datum Of(ColumnType type, Random random, List<Guid> rows, long count)
    {
        var atoms = new HashSet<Atom>();
        for (var tries = 0; atoms.Count < count && tries < 20; tries++)
            atoms.Add(Of(type.Key, random, rows));
        return type.Value is { } value ? Datum.Map(atoms.Select(key => KeyValuePair.Create(key, Of(value, random, rows)))) : Datum.Set(atoms);
    }

    private static Atom Of(BaseType type, Random random, List<Guid> rows) => type switch
    {
        { Words: { } words } => words[random.Next(words.Length)],
        { Type: AtomType.Integer } => random.NextInt64(0, 21),
        { Type: AtomType.Real } => new Atom.Real(random.Next(1000) / 8.0),
        { Type: AtomType.Boolean } => random.Next(2) == 0,
        { Type: AtomType.Text } => new[] { "a", "\"", "\\", "ü", "𝄞", "\n", "", "{[" }[random.Next(8)] + random.Next(3),
        _ => rows.Count == 0 ? Guid.NewGuid() : rows[random.Next(rows.Count)],
    };
}
