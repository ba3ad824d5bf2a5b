// The values of a host file, after reading: five shapes, equal by content, in one spelling each. A MAC is lower case, an
// address as RFC 5952 writes it, an option by its kernel name: so "equal" means what an administrator means by it, and
// what is printed is what was understood.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Model;

/// <summary>A value of the host file in its canonical spelling.</summary>
public abstract record Value
{
    private Value() { }

    public sealed record Flag(bool On) : Value
    {
        public override string ToString() => On ? "true" : "false";
    }

    /// <summary>A whole number in the attribute's unit.</summary>
    public sealed record Number(long Count) : Value
    {
        public override string ToString() => Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A name, an option's word, a MAC, an address.</summary>
    public sealed record Word(string Text) : Value
    {
        public override string ToString() => Text;
    }

    public sealed record List(ImmutableArray<At<Value>> Items) : Value
    {
        public bool Equals(List? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());
        public override int GetHashCode() => Items.Length;
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    public sealed record Map(Fields Fields) : Value
    {
        public override string ToString() => Fields.ToString();
    }

    /// <summary>A map of numbers with another laid over it, as the kernel does with a VLAN's: what goes to 0 is gone.</summary>
    public static Map Overlaid(Value? under, Map over)
    {
        var merged = ((under as Map)?.Fields ?? Fields.Empty).Concat(over.Fields).GroupBy(field => field.Name.Value, StringComparer.Ordinal).Select(same => same.Last()).Where(field => field.Value.Value != Of(0));
        return new(new(merged.OrderBy(field => long.Parse(field.Name.Value, System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static readonly Flag True = new(true), False = new(false);

    /// <summary>Most numbers of a host are options and small.</summary>
    private static readonly Number[] Small = [.. Enumerable.Range(0, 256).Select(count => new Number(count))];

    public static Value Of(bool on) => on ? True : False;
    public static Value Of(long count) => count >= 0 && count < Small.Length ? Small[count] : new Number(count);
    public static Value Of(string text) => new Word(text);
    public static Value Of(IEnumerable<string> words) => new List([.. words.Select(word => At.Nowhere(Of(word)))]);
}
