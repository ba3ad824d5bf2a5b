// A schema out of JSON (RFC 7047, 3.2). What this reader does not know is passed over: a later schema may say more of a column.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Schemas;

/// <summary>Reads schemas.</summary>
internal static class SchemaReading
{
    public static Answer<Schema> Read(JsonElement from)
    {
        if (Text(from, "name") is not { } name || Member(from, "tables", JsonValueKind.Object) is not { } tables)
            return Failure.Nonsense("schema", "a schema without name or tables");
        var read = ImmutableSortedDictionary.CreateBuilder<string, Table>(StringComparer.Ordinal);
        foreach (var table in tables.EnumerateObject())
            if (OfTable(table.Name, table.Value, out var wrong) is { } one)
                read[table.Name] = one;
            else
                return Failure.Nonsense($"schema of {name}", wrong);
        return new Schema(name, Text(from, "version") ?? "", read.ToImmutable());
    }

    private static Table? OfTable(string name, JsonElement from, out string wrong)
    {
        wrong = $"table {name} has no columns";
        if (Member(from, "columns", JsonValueKind.Object) is not { } columns)
            return null;
        var read = ImmutableSortedDictionary.CreateBuilder<string, Column>(StringComparer.Ordinal);
        foreach (var column in columns.EnumerateObject())
        {
            if (!Has(column.Value, "type", out var type) || OfType(type) is not { } its)
            {
                wrong = $"column {column.Name} of table {name} has no type that RFC 7047 knows";
                return null;
            }
            read[column.Name] = new(column.Name, its) { IsMutable = Flag(column.Value, "mutable") ?? true, IsEphemeral = Flag(column.Value, "ephemeral") ?? false };
        }
        return new(name, read.ToImmutable())
        {
            MaxRows = Number(from, "maxRows") ?? long.MaxValue,
            IsRoot = Flag(from, "isRoot") ?? false,
            Indexes = Member(from, "indexes", JsonValueKind.Array) is { } indexes ? [.. indexes.EnumerateArray().Where(IsArray).Select(index => index.EnumerateArray().Where(IsText).Select(one => one.GetString()!).ToImmutableArray())] : [],
        };
    }

    private static ColumnType? OfType(JsonElement from)
    {
        if (from.ValueKind != JsonValueKind.Object)
            return OfBase(from) is { } alone ? new(alone) : null;
        if (!Has(from, "key", out var key) || OfBase(key) is not { } its)
            return null;
        BaseType? value = null;
        if (Has(from, "value", out var said) && (value = OfBase(said)) is null)
            return null;
        var (min, max) = (Has(from, "min", out _) ? Number(from, "min") : 1, Has(from, "max", out var most) ? most.ValueKind == JsonValueKind.String && most.ValueEquals("unlimited") ? long.MaxValue : Number(from, "max") : 1);
        return min is 0 or 1 && max >= 1 && max >= min ? new(its) { Value = value, Min = min.Value, Max = max.Value } : null;
    }

    private static BaseType? OfBase(JsonElement from)
    {
        if (from.ValueKind == JsonValueKind.String)
            return TypeOf(from) is { } alone ? new(alone) : null;
        if (from.ValueKind != JsonValueKind.Object || !Has(from, "type", out var said) || TypeOf(said) is not { } type)
            return null;
        ImmutableArray<Atom>? words = null;
        if (Has(from, "enum", out var list))
        {
            if (DatumText.Read(list, new ColumnType(new(type)) { Min = 0, Max = long.MaxValue }) is not { } atoms)
                return null;
            words = atoms.Keys;
        }
        return new(type)
        {
            Words = words,
            Least = Bound(from, type, "minInteger", "minReal"),
            Most = Bound(from, type, "maxInteger", "maxReal"),
            ShortestText = Number(from, "minLength") ?? 0,
            LongestText = Number(from, "maxLength") ?? long.MaxValue,
            Refers = Text(from, "refTable"),
            IsStrong = Text(from, "refType") != "weak",
        };
    }

    private static Atom? Bound(JsonElement from, AtomType type, string integer, string real) =>
        type is AtomType.Integer or AtomType.Real && Has(from, type == AtomType.Integer ? integer : real, out var said) ? DatumText.Read(said, type) : null;

    private static AtomType? TypeOf(JsonElement from) => from.ValueKind != JsonValueKind.String ? null : from.GetString() switch
    {
        "integer" => AtomType.Integer,
        "real" => AtomType.Real,
        "boolean" => AtomType.Boolean,
        "string" => AtomType.Text,
        "uuid" => AtomType.Uuid,
        _ => null,
    };

    private static bool Has(JsonElement from, string name, out JsonElement value)
    {
        value = default;
        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out value);
    }

    private static JsonElement? Member(JsonElement from, string name, JsonValueKind kind) => Has(from, name, out var value) && value.ValueKind == kind ? value : null;
    private static string? Text(JsonElement from, string name) => Member(from, name, JsonValueKind.String)?.GetString();
    private static long? Number(JsonElement from, string name) => Member(from, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : null;
    private static bool? Flag(JsonElement from, string name) => Has(from, name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
    private static bool IsArray(JsonElement element) => element.ValueKind == JsonValueKind.Array;
    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;
}
