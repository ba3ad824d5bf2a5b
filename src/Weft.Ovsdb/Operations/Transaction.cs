// A transaction in the making. It says what it expects of the rows that it was drawn from: where somebody else changed one of them meanwhile,
// nothing is done. Sets are changed element by element, so that what others put into them stays theirs.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Operations;

/// <summary>Collects operations.</summary>
public sealed class Transaction(Schema schema)
{
    private readonly ImmutableArray<Operation>.Builder operations = ImmutableArray.CreateBuilder<Operation>();
    private int named;

    public Schema Schema => schema;
    public ImmutableArray<Operation> Operations => operations.ToImmutable();

    /// <summary>What the schema has against it, all of it, each with its operation; empty where it can be sent.</summary>
    public ImmutableArray<Failure> Refusals =>
        [.. operations.SelectMany((operation, at) => OperationText.Refusals(operation, schema).Select(failure => failure with { Operation = at, Place = $"operation {at + 1}, {operation}, {failure.Place}" }))];

    public Transaction Do(Operation operation)
    {
        operations.Add(operation);
        return this;
    }

    /// <summary>A new row, and the name by which others of this transaction refer to it.</summary>
    public Atom.Named Insert(string table, Row row)
    {
        var name = new Atom.Named(string.Create(CultureInfo.InvariantCulture, $"row{++named}"));
        Do(new Operation.Insert(table, row) { Name = name.Name });
        return name;
    }

    /// <summary>Compare and set: goes on only while the row still holds this.</summary>
    public Transaction Expect(string table, Guid row, Row held) => Do(new Operation.Wait(table, [.. held.Columns], [held], Condition.Row(row)));

    /// <summary>Goes on only while no row is so.</summary>
    public Transaction ExpectNone(string table, params ImmutableArray<Condition> where) => Do(new Operation.Wait(table, ["_uuid"], [], where));

    public Transaction Update(string table, Atom row, Row values) => Do(new Operation.Update(table, values, Condition.Row(row)));

    /// <summary>Puts elements into a set, or pairs with new keys into a map.</summary>
    public Transaction Put(string table, Atom row, string column, Datum elements) => Do(new Operation.Mutate(table, [new(column, Mutator.Insert, elements)], Condition.Row(row)));

    /// <summary>Takes elements out of a set, or keys out of a map.</summary>
    public Transaction Take(string table, Atom row, string column, Datum elements) => Do(new Operation.Mutate(table, [new(column, Mutator.Delete, elements)], Condition.Row(row)));

    public Transaction Delete(string table, Atom row) => Do(new Operation.Delete(table, Condition.Row(row)));
}
