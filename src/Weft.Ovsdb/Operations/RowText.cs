// Rows out of JSON.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;

namespace Weft.Ovsdb.Operations;

/// <summary>Reads rows.</summary>
internal static class RowText
{
    /// <summary>The columns that are said; null where one of them is none of the table, or its value none of its type.</summary>
    public static Row? Read(JsonElement from, Table table, out string wrong)
    {
        wrong = $"a row of {table.Name} that is none";
        if (from.ValueKind != JsonValueKind.Object)
            return null;
        var columns = ImmutableSortedDictionary.CreateBuilder<string, Datum>(StringComparer.Ordinal);
        foreach (var said in from.EnumerateObject())
        {
            if (table.Find(said.Name) is not { } column || DatumText.Read(said.Value, column.Type) is not { } value)
            {
                wrong = $"a value of {table.Name}.{said.Name} that is none of its type";
                return null;
            }
            columns[said.Name] = value;
        }
        return new(columns.ToImmutable());
    }
}
