// Values as JSON and back (RFC 7047, 5.1): a set of one is its atom, every other a tagged list, and a uuid is one always. Reading takes nothing
// on trust: what is no value of the column's type is said, and never thrown.

using System.Text.Json;
using Weft.Ovsdb.Schemas;

namespace Weft.Ovsdb.Values;

/// <summary>Writes and reads values.</summary>
internal static class DatumText
{
    public static void Write(Utf8JsonWriter to, Datum datum, bool isMap)
    {
        if (datum.IsMap || (isMap && datum.Count == 0))
            Tagged(to, "map", datum, static (to, datum) =>
            {
                foreach (var (key, value) in datum.Pairs)
                {
                    to.WriteStartArray();
                    Write(to, key);
                    Write(to, value);
                    to.WriteEndArray();
                }
            });
        else if (datum.One is { } one)
            Write(to, one);
        else
            Tagged(to, "set", datum, static (to, datum) =>
            {
                foreach (var atom in datum.Keys)
                    Write(to, atom);
            });
    }

    private static void Tagged(Utf8JsonWriter to, string tag, Datum datum, Action<Utf8JsonWriter, Datum> inner)
    {
        to.WriteStartArray();
        to.WriteStringValue(tag);
        to.WriteStartArray();
        inner(to, datum);
        to.WriteEndArray();
        to.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter to, Atom atom)
    {
        switch (atom)
        {
            case Atom.Integer integer:
                to.WriteNumberValue(integer.Value);
                break;
            case Atom.Real real:
                to.WriteNumberValue(real.Value);
                break;
            case Atom.Boolean flag:
                to.WriteBooleanValue(flag.Value);
                break;
            case Atom.Text text:
                to.WriteStringValue(text.Value);
                break;
            case Atom.Uuid row:
                Pair(to, "uuid", row.Value.ToString());
                break;
            case Atom.Named row:
                Pair(to, "named-uuid", row.Name);
                break;
        }
    }

    private static void Pair(Utf8JsonWriter to, string tag, string value)
    {
        to.WriteStartArray();
        to.WriteStringValue(tag);
        to.WriteStringValue(value);
        to.WriteEndArray();
    }

    /// <summary>The value of a column; null where it is none of its type.</summary>
    public static Datum? Read(JsonElement from, ColumnType type)
    {
        if (type.Value is { } valueType)
        {
            if (Inner(from, "map") is not { } pairs)
                return null;
            var read = new List<KeyValuePair<Atom, Atom>>();
            foreach (var pair in pairs)
            {
                if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || Read(pair[0], type.Key.Type) is not { } key || Read(pair[1], valueType.Type) is not { } value)
                    return null;
                read.Add(KeyValuePair.Create(key, value));
            }
            return Datum.Map(read) is var map && map.Count == read.Count ? map : null;
        }
        if (Read(from, type.Key.Type) is { } one)
            return one;
        if (Inner(from, "set") is not { } elements)
            return null;
        var atoms = new List<Atom>();
        foreach (var element in elements)
        {
            if (Read(element, type.Key.Type) is not { } atom)
                return null;
            atoms.Add(atom);
        }
        return Datum.Set(atoms) is var set && set.Count == atoms.Count ? set : null;
    }

    private static JsonElement.ArrayEnumerator? Inner(JsonElement from, string tag) =>
        from.ValueKind == JsonValueKind.Array && from.GetArrayLength() == 2 && from[0].ValueKind == JsonValueKind.String && from[0].ValueEquals(tag) && from[1].ValueKind == JsonValueKind.Array
            ? from[1].EnumerateArray() : null;

    public static Atom? Read(JsonElement from, AtomType type) => type switch
    {
        AtomType.Integer => from.ValueKind == JsonValueKind.Number && from.TryGetInt64(out var integer) ? integer : null,
        AtomType.Real => from.ValueKind == JsonValueKind.Number && from.TryGetDouble(out var real) && double.IsFinite(real) ? new Atom.Real(real) : null,
        AtomType.Boolean => from.ValueKind is JsonValueKind.True or JsonValueKind.False ? from.GetBoolean() : null,
        AtomType.Text => from.ValueKind == JsonValueKind.String ? new Atom.Text(from.GetString()!) : null,
        _ => ReadUuid(from) is { } row ? row : null,
    };

    public static Guid? ReadUuid(JsonElement from) =>
        from.ValueKind == JsonValueKind.Array && from.GetArrayLength() == 2 && from[0].ValueKind == JsonValueKind.String && from[0].ValueEquals("uuid") && from[1].ValueKind == JsonValueKind.String
            && Guid.TryParseExact(from[1].GetString(), "D", out var row) ? row : null;
}
