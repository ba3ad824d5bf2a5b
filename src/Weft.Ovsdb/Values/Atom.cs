// The smallest values of a database (RFC 7047, 5.1), in an order of their own, so that sets that are the same look the same.

using System.Globalization;

namespace Weft.Ovsdb.Values;

/// <summary>The types that an atom may have.</summary>
public enum AtomType
{
    Integer,
    Real,
    Boolean,
    Text,
    Uuid,
}

/// <summary>An integer, a real, a boolean, a string, the uuid of a row, or the name that a row has while it is being inserted.</summary>
public abstract record Atom : IComparable<Atom>
{
    public sealed record Integer(long Value) : Atom
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Real(double Value) : Atom
    {
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    public sealed record Boolean(bool Value) : Atom
    {
        public override string ToString() => Value ? "true" : "false";
    }

    public sealed record Text(string Value) : Atom
    {
        public override string ToString() => Value;
    }

    public sealed record Uuid(Guid Value) : Atom
    {
        public override string ToString() => Value.ToString();
    }

    /// <summary>A row that this very transaction inserts; it stands wherever its uuid would.</summary>
    public sealed record Named(string Name) : Atom
    {
        public override string ToString() => Name;
    }

    public AtomType Type => this switch
    {
        Integer => AtomType.Integer,
        Real => AtomType.Real,
        Boolean => AtomType.Boolean,
        Text => AtomType.Text,
        _ => AtomType.Uuid,
    };

    public static implicit operator Atom(long value) => new Integer(value);
    public static implicit operator Atom(bool value) => new Boolean(value);
    public static implicit operator Atom(string value) => new Text(value);
    public static implicit operator Atom(Guid value) => new Uuid(value);

    public int CompareTo(Atom? other) => (this, other) switch
    {
        (_, null) => 1,
        (Integer one, Integer two) => one.Value.CompareTo(two.Value),
        (Real one, Real two) => one.Value.CompareTo(two.Value),
        (Boolean one, Boolean two) => one.Value.CompareTo(two.Value),
        (Text one, Text two) => string.CompareOrdinal(one.Value, two.Value),
        (Uuid one, Uuid two) => one.Value.CompareTo(two.Value),
        (Named one, Named two) => string.CompareOrdinal(one.Name, two.Name),
        _ => Rank.CompareTo(other.Rank),
    };

    private int Rank => this is Named ? int.MaxValue : (int)Type;

    public static bool operator <(Atom one, Atom two) => one.CompareTo(two) < 0;
    public static bool operator >(Atom one, Atom two) => one.CompareTo(two) > 0;
    public static bool operator <=(Atom one, Atom two) => one.CompareTo(two) <= 0;
    public static bool operator >=(Atom one, Atom two) => one.CompareTo(two) >= 0;
}
