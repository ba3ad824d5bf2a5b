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

    public static Settings Of(IEnumerable<KeyValuePair<Attribute, At<Value>>> values)
    {
        KeyValuePair<Attribute, At<Value>>[] given = [.. values];
        // Nearly always they come in the table's order already, and a host has thousands of settings.
        for (var i = 1; i < given.Length; i++)
            if (Order[given[i - 1].Key] > Order[given[i].Key])
                return new([.. given.OrderBy(pair => Order[pair.Key])]);
        return given.Length == 0 ? Empty : new(given);
    }

    public int Count => values.Length;

    public At<Value>? Get(Attribute attribute)
    {
        var at = IndexOf(attribute);
        return at < 0 ? null : values[at].Value;
    }

    private int IndexOf(Attribute attribute)
    {
        for (var i = 0; i < values.Length; i++)
            if (ReferenceEquals(values[i].Key, attribute))
                return i;
        return -1;
    }

    public bool Has(Attribute attribute) => IndexOf(attribute) >= 0;
    public string? Word(Attribute attribute) => (Get(attribute)?.Value as Value.Word)?.Text;
    public long? Number(Attribute attribute) => (Get(attribute)?.Value as Value.Number)?.Count;
    public bool? Flag(Attribute attribute) => (Get(attribute)?.Value as Value.Flag)?.On;
    public Place PlaceOf(Attribute attribute) => Get(attribute)?.Place ?? Place.None;

    public Settings With(Attribute attribute, Value value) => With(attribute, At.Nowhere(value));

    public Settings With(Attribute attribute, At<Value> value)
    {
        var at = IndexOf(attribute);
        if (at >= 0)
        {
            var changed = values.AsSpan().ToArray();
            changed[at] = new(attribute, value);
            return new(changed);
        }
        var behind = Array.FindIndex(values, pair => Order[pair.Key] > Order[attribute]);
        at = behind < 0 ? values.Length : behind;
        return new([.. values.AsSpan(0, at), new(attribute, value), .. values.AsSpan(at)]);
    }

    public Settings With(Settings others) => Of([.. values.Where(pair => !others.Has(pair.Key)), .. others]);

    public Settings Without(Attribute attribute) => Has(attribute) ? new([.. values.Where(pair => !ReferenceEquals(pair.Key, attribute))]) : this;

    public Settings Where(Func<Attribute, bool> keep) => new([.. values.Where(pair => keep(pair.Key))]);

    public bool Equals(Settings? other) =>
        other is not null && Count == other.Count && values.Zip(other.values).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value == pair.Second.Value);

    public override bool Equals(object? obj) => Equals(obj as Settings);
    public override int GetHashCode() => Count;
    public override string ToString() => string.Join(' ', values.Select(pair => $"{pair.Key} {pair.Value}"));
    public IEnumerator<KeyValuePair<Attribute, At<Value>>> GetEnumerator() => ((IEnumerable<KeyValuePair<Attribute, At<Value>>>)values).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
