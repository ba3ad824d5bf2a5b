// An ordered map of named values, as a YAML mapping holds them. Order is kept for printing and counts for nothing when two
// are compared.

using System.Collections;
using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Model;

/// <summary>A key and its value, each with its place.</summary>
public sealed record Field(At<string> Name, At<Value> Value);

/// <summary>Named values in the order they were written. Names are unique.</summary>
public sealed class Fields : IReadOnlyList<Field>, IEquatable<Fields>
{
    public static readonly Fields Empty = new([]);

    /// <summary>Most maps of a file have few keys, and looking through those is quicker than an index is made.</summary>
    private const int Few = 8;

    private readonly ImmutableArray<Field> fields;
    private readonly Dictionary<string, int>? index;

    public Fields(IEnumerable<Field> fields)
    {
        this.fields = [.. fields];
        if (Count <= Few)
            return;
        index = new(Count, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            index.Add(this.fields[i].Name.Value, i);
    }

    public int Count => fields.Length;
    public Field this[int position] => fields[position];

    /// <summary>The value under this name, or null.</summary>
    public At<Value>? Get(string name) => Position(name) is >= 0 and var at ? fields[at].Value : null;

    public bool Has(string name) => Position(name) >= 0;

    private int Position(string name)
    {
        if (index is not null)
            return index.TryGetValue(name, out var found) ? found : -1;
        for (var at = 0; at < fields.Length; at++)
            if (fields[at].Name.Value == name)
                return at;
        return -1;
    }

    public string? Word(string name) => (Get(name)?.Value as Value.Word)?.Text;
    public long? Number(string name) => (Get(name)?.Value as Value.Number)?.Count;
    public bool? Flag(string name) => (Get(name)?.Value as Value.Flag)?.On;
    public Fields? Map(string name) => (Get(name)?.Value as Value.Map)?.Fields;

    /// <summary>The items of a list; empty where there is none. A single value counts as a list of one.</summary>
    public ImmutableArray<At<Value>> List(string name) => Get(name) switch
    {
        null => [],
        { Value: Value.List list } => list.Items,
        { } one => [one],
    };

    public Fields With(string name, Value value) =>
        new([.. fields.Where(field => field.Name.Value != name), new Field(At.Nowhere(name), At.Nowhere(value))]);

    public Fields Without(params IReadOnlyCollection<string> names)
    {
        var kept = fields.RemoveAll(field => names.Contains(field.Name.Value));
        return kept.Length == Count ? this : kept.IsEmpty ? Empty : new(kept);
    }

    public bool Equals(Fields? other) =>
        other is not null && Count == other.Count && fields.All(field => other.Get(field.Name.Value) is { } value && value == field.Value);

    public override bool Equals(object? obj) => Equals(obj as Fields);
    public override int GetHashCode() => Count;
    public override string ToString() => $"{{{string.Join(", ", fields.Select(field => $"{field.Name}: {field.Value}"))}}}";
    public IEnumerator<Field> GetEnumerator() => ((IEnumerable<Field>)fields).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
