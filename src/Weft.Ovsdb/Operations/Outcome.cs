// What came of a transaction (RFC 7047, 4.1.3). The answer is one result an operation; where one failed those behind it are null, and what fails only when
// all are done together stands behind the last. So each element counts, and how many there are.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Operations;

/// <summary>What an operation did.</summary>
/// <param name="Row">The uuid of the row that it inserted.</param>
/// <param name="Count">How many rows it met.</param>
/// <param name="Rows">The rows that it was asked for.</param>
public sealed record Done(Guid? Row, long? Count, ImmutableArray<Row> Rows);

/// <summary>What each operation of a transaction did.</summary>
public sealed record Outcome(ImmutableArray<Done> Done)
{
    internal static Answer<Outcome> Read(JsonElement from, Transaction transaction, string place)
    {
        var operations = transaction.Operations;
        if (from.ValueKind != JsonValueKind.Array || from.GetArrayLength() < operations.Length || from.GetArrayLength() > operations.Length + 1)
            return Failure.Nonsense(place, "an answer to a transaction with too many results, or too few");
        var done = ImmutableArray.CreateBuilder<Done>(operations.Length);
        var at = 0;
        foreach (var result in from.EnumerateArray())
        {
            if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out _))
                return Refusals.Of(Wire.Reply.ErrorOf(result), at < operations.Length ? operations[at] : null, at < operations.Length ? at : null, $"the transaction at {place}");
            if (at == operations.Length || Read(result, operations[at], transaction.Schema) is not { } one)
                return Failure.Nonsense(place, $"a result that is none of {(at < operations.Length ? operations[at].ToString() : "a transaction")}");
            done.Add(one);
            at++;
        }
        return new Outcome(done.ToImmutable());
    }

    private static Done? Read(JsonElement from, Operation operation, Schema schema)
    {
        if (from.ValueKind != JsonValueKind.Object)
            return null;
        switch (operation)
        {
            case Operation.Insert:
                return from.TryGetProperty("uuid", out var uuid) && DatumText.ReadUuid(uuid) is { } row ? new(row, null, []) : null;
            case Operation.Update or Operation.Mutate or Operation.Delete:
                return from.TryGetProperty("count", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var rows) ? new(null, rows, []) : null;
            case Operation.Select select:
                if (!from.TryGetProperty("rows", out var list) || list.ValueKind != JsonValueKind.Array)
                    return null;
                var read = ImmutableArray.CreateBuilder<Row>();
                foreach (var one in list.EnumerateArray())
                    if (RowText.Read(one, schema.Find(select.Table)!, out _) is { } whole)
                        read.Add(whole);
                    else
                        return null;
                return new(null, null, read.ToImmutable());
            default:
                return new(null, null, []);
        }
    }
}
