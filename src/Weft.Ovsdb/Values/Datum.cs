// What a column of a row holds: a set of atoms, of which one alone is the commonest, or a map. Both are kept in order and without
// doubles, so that two that are the same are equal, however they were written.

using System.Collections.Immutable;

namespace Weft.Ovsdb.Values;

/// <summary>A set or a map.</summary>
public sealed class Datum : IEquatable<Datum>
{
    private Datum(ImmutableArray<Atom> keys, ImmutableArray<Atom> values) => (Keys, Values) = (keys, values);

    /// <summary>A set's atoms, a map's keys, each in order.</summary>
    public ImmutableArray<Atom> Keys { get; }

    /// <summary>A map's values, each beside its key; empty of a set.</summary>
    public ImmutableArray<Atom> Values { get; }

    /// <summary>Nothing: as a set and as a map it is the same.</summary>
    public static readonly Datum Empty = new([], []);

    public bool IsMap => !Values.IsEmpty;
    public int Count => Keys.Length;

    /// <summary>The one atom; null where there is none or more, or it is a map.</summary>
    public Atom? One => Keys is [var one] && !IsMap ? one : null;

    public string? Text => (One as Atom.Text)?.Value;
    public long? Integer => (One as Atom.Integer)?.Value;
    public bool? Flag => (One as Atom.Boolean)?.Value;
    public Guid? Uuid => (One as Atom.Uuid)?.Value;

    /// <summary>The rows that it refers to.</summary>
    public IEnumerable<Guid> Rows => Keys.Concat(Values).OfType<Atom.Uuid>().Select(row => row.Value);

    /// <summary>A map's value.</summary>
    public Atom? this[Atom key] => Keys.BinarySearch(key) is >= 0 and var at && IsMap ? Values[at] : null;

    /// <summary>A map's value, where it is a string.</summary>
    public string? Word(string key) => (this[key] as Atom.Text)?.Value;

    public bool Contains(Atom key) => Keys.BinarySearch(key) >= 0;

    public IEnumerable<KeyValuePair<Atom, Atom>> Pairs => Keys.Zip(Values, KeyValuePair.Create);

    public static Datum Of(Atom one) => new([one], []);

    public static Datum Set(params IEnumerable<Atom> atoms) => new([.. atoms.Distinct().Order()], []);

    /// <summary>A map; of a key that is given twice the last counts.</summary>
    public static Datum Map(params IEnumerable<KeyValuePair<Atom, Atom>> pairs)
    {
        var sorted = new SortedDictionary<Atom, Atom>();
        foreach (var (key, value) in pairs)
            sorted[key] = value;
        return new([.. sorted.Keys], [.. sorted.Values]);
    }

    /// <summary>A map of strings, as `other_config` and `external_ids` are.</summary>
    public static Datum Words(params IEnumerable<(string Key, string Value)> pairs) => Map(pairs.Select(pair => KeyValuePair.Create<Atom, Atom>(pair.Key, pair.Value)));

    public static implicit operator Datum(Atom one) => Of(one);
    public static implicit operator Datum(string one) => Of(one);
    public static implicit operator Datum(long one) => Of(one);
    public static implicit operator Datum(bool one) => Of(one);
    public static implicit operator Datum(Guid one) => Of(one);

    /// <summary>
    /// This and a difference that a server tells (`modify` of update2): of a column with one value the new one, of a set what is in one of both only, of a map
    /// the pairs that are new or have another value, and those that are gone as they were.
    /// </summary>
    internal Datum Differing(Datum difference, bool isMap, bool isSingle)
    {
        if (isSingle)
            return difference;
        if (!isMap)
            return Set(Keys.Except(difference.Keys).Concat(difference.Keys.Except(Keys)));
        var pairs = Pairs.ToDictionary();
        foreach (var (key, value) in difference.Pairs)
            if (pairs.TryGetValue(key, out var held) && held == value)
                pairs.Remove(key);
            else
                pairs[key] = value;
        return Map(pairs);
    }

    public bool Equals(Datum? other) => other is not null && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan()) && Values.AsSpan().SequenceEqual(other.Values.AsSpan());
    public override bool Equals(object? obj) => Equals(obj as Datum);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var atom in Keys.Concat(Values))
            hash.Add(atom);
        return hash.ToHashCode();
    }

    public override string ToString() => IsMap ? $"{{{string.Join(", ", Pairs.Select(pair => $"{pair.Key}={pair.Value}"))}}}" : One?.ToString() ?? $"[{string.Join(", ", Keys)}]";
}
