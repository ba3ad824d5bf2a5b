// What a key of the host file may hold. A scalar shape turns text into a canonical value or says what it wanted; the other
// shapes only describe, and the reader walks them. Parser, printer, JSON schema and documentation derive from these.

using System.Collections.Immutable;

namespace Weft.Model.Shapes;

/// <summary>The outcome of reading a scalar: a value, or what is wrong with the text (`which no link can carry`).</summary>
public readonly record struct Parsed(Value? Value, string? Wrong, string? Rule = null)
{
    public static Parsed Good(Value value) => new(value, null);

    /// <param name="wrong">A clause that follows the text: `is above 4094`.</param>
    /// <param name="rule">The rule it breaks; null for `wrong-type`.</param>
    public static Parsed Bad(string wrong, string? rule = null) => new(null, wrong, rule);
}

/// <summary>What a key may hold.</summary>
public abstract record Shape
{
    /// <summary>For messages: `a number from 0 to 65535`, `a MAC address such as "52:54:00:12:34:56"`.</summary>
    public abstract string Wanted { get; }
}

/// <summary>One text in YAML, plain or quoted.</summary>
public abstract record Scalar : Shape
{
    public abstract Parsed Parse(string text);

    /// <summary>Whether YAML 1.1 readers need quotes around it (MACs and IPv6 are sexagesimal numbers to them).</summary>
    public virtual bool Quoted => false;
}

/// <summary>A list of one shape. With <paramref name="OrOne"/> a single item may stand without brackets.</summary>
public sealed record ListOf(Shape Item, bool OrOne = false) : Shape
{
    public override string Wanted => OrOne ? $"{Item.Wanted}, or a list of them" : $"a list, each {Item.Wanted}";
}

/// <summary>A map whose keys are names that the user chooses.</summary>
public sealed record MapOf(Scalar Name, Shape Entry) : Shape
{
    public override string Wanted => $"a map from {Name.Wanted} to {Entry.Wanted}";
}

/// <summary>A map with a fixed set of keys.</summary>
public sealed record RecordOf(string Noun, ImmutableArray<Key> Keys) : Shape
{
    private readonly Dictionary<string, int> positions = Keys.Select((key, at) => (key.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at, StringComparer.Ordinal);

    public override string Wanted => $"a map with the keys of {Noun}";

    public Key? Find(string name) => positions.TryGetValue(name, out var at) ? Keys[at] : null;

    /// <summary>Where the key stands among the others, for printing; behind all of them where it is none.</summary>
    public int Position(string name) => positions.GetValueOrDefault(name, Keys.Length);

    public bool Equals(RecordOf? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => Noun.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A list of names, or a map from name to options (the two forms of `ports`).</summary>
public sealed record ListOrMapOf(Scalar Name, RecordOf Options) : Shape
{
    public override string Wanted => $"a list, each {Name.Wanted}, or a map from such names to options";
}

/// <summary>One key of a record.</summary>
/// <param name="Name">Its spelling.</param>
/// <param name="Shape">What it may hold.</param>
/// <param name="Doc">One sentence for the documentation and the schema.</param>
public sealed record Key(string Name, Shape Shape, string Doc)
{
    public bool Required { get; init; }

    /// <summary>A line of the attribute table, whose value may also be `default`.</summary>
    public bool IsAttribute { get; init; }

    /// <summary>False where Weft reads and prints the key but does nothing about it yet; such a key earns advice.</summary>
    public bool Acted { get; init; } = true;
}
