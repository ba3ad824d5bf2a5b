// Where a value stands in a file. Every value that a person wrote carries its place through all rooms, so that even the
// kernel's refusal of the last step can point at a line. A value that nobody wrote has the place `Place.None`.

namespace Weft.Text;

/// <summary>A place in a text file. Line and column count from 1, as editors do; 0 means "nowhere".</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="Line">Line, from 1; 0 where nobody wrote the value.</param>
/// <param name="Column">Column in UTF-16 units, from 1.</param>
/// <param name="Length">How many columns the value covers on its first line; at least 1.</param>
public readonly record struct Place(string File, int Line, int Column, int Length = 1) : IComparable<Place>
{
    /// <summary>The place of a value that no file holds: a default, or something observed in the kernel.</summary>
    public static readonly Place None;

    /// <summary>Whether there is a line to point at.</summary>
    public bool IsSomewhere => Line > 0;

    public int CompareTo(Place other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        return byFile != 0 ? byFile : (Line, Column).CompareTo((other.Line, other.Column));
    }

    public override string ToString() => IsSomewhere ? $"{File}:{Line}:{Column}" : File ?? "";

    public static bool operator <(Place left, Place right) => left.CompareTo(right) < 0;
    public static bool operator >(Place left, Place right) => left.CompareTo(right) > 0;
    public static bool operator <=(Place left, Place right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Place left, Place right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// A value and where it was written. Two are equal when their values are: the same host written on other lines, or
/// observed in a kernel, is the same host.
/// </summary>
public sealed record At<T>(T Value, Place Place)
{
    public bool Equals(At<T>? other) => other is not null && EqualityComparer<T>.Default.Equals(Value, other.Value);
    public override int GetHashCode() => Value is null ? 0 : Value.GetHashCode();
    public override string ToString() => Value?.ToString() ?? "";
}

public static class At
{
    /// <summary>A value that no file holds.</summary>
    public static At<T> Nowhere<T>(T value) => new(value, Place.None);

    public static At<T> Of<T>(T value, Place place) => new(value, place);
}
