// What there is to say of one word. The same word may stand for several things, a bridge's `priority` and that of its port:
// then each has an entry.

using Weft.Check;
using Weft.Model.Shapes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Explain;

/// <summary>Something that can be explained.</summary>
/// <param name="Word">What it is called.</param>
public abstract record Entry(string Word)
{
    /// <summary>A line of the attribute table.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Of">What has it: `a bond`, `a port of a bridge`.</param>
    /// <param name="Prose">What the table does not say.</param>
    public sealed record Option(Attribute Line, string Of, string Prose) : Entry(Line.Name);

    /// <summary>A bond mode.</summary>
    public sealed record Mode(Choice Choice, string Prose) : Entry(Choice.Word);

    /// <summary>A rule, which says itself what there is to say.</summary>
    public sealed record Mistake(Rule Rule) : Entry(Rule.Id);

    /// <summary>A profile of `tuning`.</summary>
    public sealed record Profile(Model.Profile Of, string Prose) : Entry(Of.Name);

    /// <summary>What concerns several attributes.</summary>
    public sealed record Subject(string Word, string Prose) : Entry(Word);
}

/// <summary>Entries of one kind, as the list of words shows them.</summary>
public sealed record Group(string Title, System.Collections.Immutable.ImmutableArray<Entry> Entries);
