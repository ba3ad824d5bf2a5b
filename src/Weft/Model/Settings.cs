// What is set on a link or port: attributes of the table and their values, always walked in the table's order.
// A host has thousands of links that differ in a value or two: so attributes, values and places are kept apart, links of one
// kind share the attributes, and what was observed has no places at all.

using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>Attributes and their values. Immutable; equal by content.</summary>
public sealed class Settings : IReadOnlyCollection<KeyValuePair<Attribute, At<Value>>>, IEquatable<Settings>
{
    public static readonly Settings Empty = new([], [], null);

    private readonly ImmutableArray<Attribute> lines;
    private readonly Value[] values;

    /// <summary>Where each value was written; null where none was.</summary>
    private readonly Place[]? places;

    private Settings(ImmutableArray<Attribute> lines, Value[] values, Place[]? places) => (this.lines, this.values, this.places) = (lines, values, places);

    public static Settings Of(IEnumerable<KeyValuePair<Attribute, At<Value>>> values)
    {
        var given = values is List<KeyValuePair<Attribute, At<Value>>> list ? CollectionsMarshal.AsSpan(list) : [.. values];
        if (given.Length == 0)
            return Empty;
        var (keys, said) = (new Attribute[given.Length], new Value[given.Length]);
        Place[]? written = null;
        for (var i = 0; i < given.Length; i++)
        {
            (keys[i], said[i]) = (given[i].Key, given[i].Value.Value);
            if (given[i].Value.Place != Place.None)
                (written ??= new Place[given.Length])[i] = given[i].Value.Place;
        }
        return InOrder(keys) ? new(ImmutableCollectionsMarshal.AsImmutableArray(keys), said, written) : Sorted(keys, said, written);
    }

    /// <summary>What was observed: values without places, each at its line's place among lines that are in the table's order; null where nothing was told. The array is taken over.</summary>
    public static Settings Observed(ImmutableArray<Attribute> lines, Value?[] values)
    {
        var told = values.Count(value => value is not null);
        return told == lines.Length ? new(lines, values!, null)
            : told == 0 ? Empty
            : new([.. lines.Index().Where(line => values[line.Index] is not null).Select(line => line.Item)], [.. values.OfType<Value>()], null);
    }

    public int Count => values.Length;

    public At<Value>? Get(Attribute attribute)
    {
        var at = IndexOf(attribute);
        return at < 0 ? null : this[at];
    }

    public bool Has(Attribute attribute) => IndexOf(attribute) >= 0;
    public string? Word(Attribute attribute) => (ValueOf(attribute) as Value.Word)?.Text;
    public long? Number(Attribute attribute) => (ValueOf(attribute) as Value.Number)?.Count;
    public bool? Flag(Attribute attribute) => (ValueOf(attribute) as Value.Flag)?.On;
    public Place PlaceOf(Attribute attribute) => Get(attribute)?.Place ?? Place.None;

    /// <summary>The value without its place.</summary>
    public Value? ValueOf(Attribute attribute)
    {
        var at = IndexOf(attribute);
        return at < 0 ? null : values[at];
    }

    public Settings With(Attribute attribute, Value value) => With(attribute, At.Nowhere(value));

    public Settings With(Attribute attribute, At<Value> value)
    {
        var at = IndexOf(attribute);
        if (at < 0)
            return Of([.. this, KeyValuePair.Create(attribute, value)]);
        var changed = values.AsSpan().ToArray();
        changed[at] = value.Value;
        var there = places is null && value.Place == Place.None ? null : places?.AsSpan().ToArray() ?? new Place[Count];
        if (there is not null)
            there[at] = value.Place;
        return new(lines, changed, there);
    }

    public Settings With(Settings others) => others.Count == 0 ? this : Count == 0 ? others : Of([.. this.Where(pair => !others.Has(pair.Key)), .. others]);

    public Settings Without(Attribute attribute) => Has(attribute) ? Where(line => line != attribute) : this;

    public Settings Where(Func<Attribute, bool> keep)
    {
        var kept = lines.Count(keep);
        return kept == Count ? this : kept == 0 ? Empty : Of(((IEnumerable<KeyValuePair<Attribute, At<Value>>>)this).Where(pair => keep(pair.Key)));
    }

    /// <summary>Where the first value that somebody wrote stands; nowhere if none was.</summary>
    public Place FirstPlace
    {
        get
        {
            foreach (var place in places ?? [])
                if (place.IsSomewhere)
                    return place;
            return Place.None;
        }
    }

    public bool Equals(Settings? other)
    {
        if (other is null || Count != other.Count)
            return false;
        for (var i = 0; i < Count; i++)
            if (lines[i] != other.lines[i] || values[i] != other.values[i])
                return false;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Settings);
    public override int GetHashCode() => Count;
    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key} {pair.Value}"));

    public IEnumerator<KeyValuePair<Attribute, At<Value>>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return KeyValuePair.Create(lines[i], this[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private At<Value> this[int at] => At.Of(values[at], places is null ? Place.None : places[at]);

    private int IndexOf(Attribute attribute)
    {
        for (var i = 0; i < lines.Length; i++)
            if (ReferenceEquals(lines[i], attribute))
                return i;
        return -1;
    }

    /// <summary>Nearly always they come in the table's order already.</summary>
    private static bool InOrder(Attribute[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
            if (lines[i - 1].Order > lines[i].Order)
                return false;
        return true;
    }

    private static Settings Sorted(Attribute[] lines, Value[] values, Place[]? places)
    {
        int[] order = [.. Enumerable.Range(0, lines.Length).OrderBy(at => lines[at].Order)];
        return new([.. order.Select(at => lines[at])], [.. order.Select(at => values[at])], places is null ? null : [.. order.Select(at => places[at])]);
    }
}
