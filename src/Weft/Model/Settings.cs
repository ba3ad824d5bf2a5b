// What is set on a link or port: attributes of the table and their values, always walked in the table's order.

using System.Collections;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>Attributes and their values. Immutable; equal by content.</summary>
public sealed class Settings : IReadOnlyCollection<KeyValuePair<Attribute, At<Value>>>, IEquatable<Settings>
{
    public static readonly Settings Empty = new([]);

    private static readonly Dictionary<Attribute, int> Order = Table.All.Select((line, at) => (line, at)).ToDictionary(pair => pair.line, pair => pair.at);

    private readonly KeyValuePair<Attribute, At<Value>>[] values;

    private Settings(KeyValuePair<Attribute, At<Value>>[] values) => this.values = values;

    public static Settings Of(IEnumerable<KeyValuePair<Attribute, At<Value>>> values) => new([.. values.OrderBy(pair => Order[pair.Key])]);

    public int Count => values.Length;

    public At<Value>? Get(Attribute attribute)
    {
        foreach (var (key, value) in values)
            if (key == attribute)
                return value;
        return null;
    }

    public bool Has(Attribute attribute) => Get(attribute) is not null;
    public string? Word(Attribute attribute) => (Get(attribute)?.Value as Value.Word)?.Text;
    public long? Number(Attribute attribute) => (Get(attribute)?.Value as Value.Number)?.Count;
    public bool? Flag(Attribute attribute) => (Get(attribute)?.Value as Value.Flag)?.On;
    public Place PlaceOf(Attribute attribute) => Get(attribute)?.Place ?? Place.None;

    public Settings With(Attribute attribute, Value value) => With(attribute, At.Nowhere(value));

    public Settings With(Attribute attribute, At<Value> value) =>
        Of([.. values.Where(pair => pair.Key != attribute), new(attribute, value)]);

    public Settings With(Settings others) => Of([.. values.Where(pair => !others.Has(pair.Key)), .. others]);

    public Settings Without(Attribute attribute) => new([.. values.Where(pair => pair.Key != attribute)]);

    public Settings Where(Func<Attribute, bool> keep) => new([.. values.Where(pair => keep(pair.Key))]);

    public bool Equals(Settings? other) =>
        other is not null && Count == other.Count && values.Zip(other.values).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value == pair.Second.Value);

    public override bool Equals(object? obj) => Equals(obj as Settings);
    public override int GetHashCode() => Count;
    public override string ToString() => string.Join(' ', values.Select(pair => $"{pair.Key} {pair.Value}"));
    public IEnumerator<KeyValuePair<Attribute, At<Value>>> GetEnumerator() => ((IEnumerable<KeyValuePair<Attribute, At<Value>>>)values).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
