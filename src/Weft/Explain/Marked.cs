// A rule's bad example without its marks `[|…|]`, and where they were.

using System.Collections.Immutable;

namespace Weft.Explain;

/// <summary>A line of an example; places are counted from 0.</summary>
public sealed record Marked(string Text, ImmutableArray<(int At, int Length)> Marks)
{
    /// <summary>`^^^^` under every mark.</summary>
    public string Underline
    {
        get
        {
            var under = new char[Marks.Max(mark => mark.At + mark.Length)];
            Array.Fill(under, ' ');
            foreach (var (at, length) in Marks)
                Array.Fill(under, '^', at, length);
            return new(under);
        }
    }

    public static IEnumerable<Marked> Of(string example)
    {
        foreach (var line in example.Split('\n'))
        {
            var text = line;
            var marks = ImmutableArray.CreateBuilder<(int, int)>();
            for (var open = text.IndexOf("[|", StringComparison.Ordinal); open >= 0; open = text.IndexOf("[|", StringComparison.Ordinal))
            {
                var close = text.IndexOf("|]", StringComparison.Ordinal);
                marks.Add((open, close - open - 2));
                text = text.Remove(close, 2).Remove(open, 2);
            }
            yield return new(text, marks.ToImmutable());
        }
    }
}
