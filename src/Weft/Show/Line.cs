// Text with a meaning to each bit of it, so that a terminal may colour what a pipe gets plain. Names come from files and
// kernels and may hold anything: they are cleaned here, once, on their way into a line.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Show;

/// <summary>What a bit of text is; a terminal gives each its colour.</summary>
public enum Tone
{
    Plain,
    Name,
    Good,
    Bad,
    Faint,
}

/// <summary>A bit of a line.</summary>
public readonly record struct Bit
{
    public Bit(string text, Tone tone = Tone.Plain) => (Text, Tone) = (Quote.Clean(text), tone);

    public string Text { get; }
    public Tone Tone { get; }
}

/// <summary>One line for people, without its end.</summary>
public sealed record Line(ImmutableArray<Bit> Bits)
{
    public static Line Of(string text, Tone tone = Tone.Plain) => new([new(text, tone)]);

    public override string ToString() => string.Concat(Bits.Select(bit => bit.Text));
}
