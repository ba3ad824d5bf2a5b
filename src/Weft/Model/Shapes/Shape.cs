// What a key of the host file may hold. A scalar shape turns text into a canonical value or says what it wanted; the other
// shapes only describe, and the reader walks them. Parser, printer, JSON schema and documentation derive from these.

using System.Collections.Immutable;
using System.Text.Json.Nodes;

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

    /// <summary>The same for other programs: JSON Schema, draft 2020-12, of what a YAML reader makes of such a value.</summary>
    public abstract JsonObject AsJson();
}

/// <summary>One text in YAML, plain or quoted.</summary>
public abstract record Scalar : Shape
{
    public abstract Parsed Parse(string text);

    /// <summary>Whether YAML 1.1 readers need quotes around it (MACs and IPv6 are sexagesimal numbers to them).</summary>
    public virtual bool Quoted => false;

    /// <summary>The schema of it as a key, which JSON has as text only.</summary>
    public virtual JsonObject KeyAsJson() => AsJson();
}

/// <summary>A list of one shape. With <paramref name="OrOne"/> a single item may stand without brackets.</summary>
public sealed record ListOf(Shape Item, bool OrOne = false) : Shape
{
    public override string Wanted => OrOne ? $"{Item.Wanted}, or a list of them" : $"a list, each {Item.Wanted}";

    public override JsonObject AsJson()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Item.AsJson() };
        return OrOne ? Pattern.AnyOf(Item.AsJson(), list) : list;
    }
}

/// <summary>A map whose keys are names that the user chooses.</summary>
public sealed record MapOf(Scalar Name, Shape Entry) : Shape
{
    public override string Wanted => $"a map from {Name.Wanted} to {Entry.Wanted}";

    /// <summary>A section of which nothing is written but its name is an empty one.</summary>
    public override JsonObject AsJson() => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["propertyNames"] = Name.KeyAsJson(),
        ["additionalProperties"] = Entry.AsJson(),
    };
}

/// <summary>A map with a fixed set of keys.</summary>
public sealed record RecordOf(string Noun, ImmutableArray<Key> Keys) : Shape
{
    private readonly Dictionary<string, int> positions = Keys.Select((key, at) => (key.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at, StringComparer.Ordinal);

    public override string Wanted => $"a map with the keys of {Noun}";

    public Key? Find(string name) => positions.TryGetValue(name, out var at) ? Keys[at] : null;

    /// <summary>Where the key stands among the others, for printing; behind all of them where it is none.</summary>
    public int Position(string name) => positions.GetValueOrDefault(name, Keys.Length);

    public override JsonObject AsJson()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
            properties[key.Name] = key.AsJson();
        var schema = new JsonObject { ["type"] = Keys.Any(key => key.Required) ? "object" : new JsonArray("object", "null"), ["properties"] = properties, ["additionalProperties"] = false };
        if (Keys.Any(key => key.Required))
            schema["required"] = new JsonArray([.. Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]);
        return schema;
    }

    public bool Equals(RecordOf? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => Noun.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A list of names, or a map from name to options (the two forms of `ports`).</summary>
public sealed record ListOrMapOf(Scalar Name, RecordOf Options) : Shape
{
    public override string Wanted => $"a list, each {Name.Wanted}, or a map from such names to options";

    public override JsonObject AsJson() => Pattern.AnyOf(new ListOf(Name).AsJson(), new MapOf(Name, Options).AsJson());
}

/// <summary>One scalar, or a map with that and more to say of it (the two forms of an address).</summary>
public sealed record OneOrRecordOf(Scalar One, RecordOf Record) : Shape
{
    public override string Wanted => $"{One.Wanted}, or {Record.Wanted}";

    public override JsonObject AsJson() => Pattern.AnyOf(One.AsJson(), Record.AsJson());
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

    /// <summary>The kernel's value where the key was never written; null where it derives from other links or there is none.</summary>
    public Value? Default { get; init; }

    /// <summary>What more there is to say, in sentences of their own.</summary>
    public string Note { get; init; } = "";

    /// <summary>The shape's schema with what a person wants to know of the key.</summary>
    public JsonObject AsJson()
    {
        var schema = IsAttribute && !Required ? Pattern.AnyOf(Shape.AsJson(), new JsonObject { ["const"] = "default" }) : Shape.AsJson();
        schema["description"] = string.Join(' ', new[] { Doc, Shape is Scalar ? $"{char.ToUpperInvariant(Shape.Wanted[0])}{Shape.Wanted[1..]}." : "", Note, Acted ? "" : "Read and printed; nothing is done about it yet." }.Where(text => text.Length > 0));
        if (Default is { } value)
            schema["default"] = value switch
            {
                Value.Flag flag => flag.On,
                Value.Number number => number.Count,
                Value.List => new JsonArray(),
                Value.Map => new JsonObject(),
                _ => value.ToString(),
            };
        return schema;
    }
}
