// What stands in a box of a picture: few lines of few letters, and the rest in the tooltip. Widths are counted in letters of a
// fixed width, since nobody here knows a font; what is too long is clipped and whole in the tooltip.

using System.Collections.Immutable;
using System.Text;
using Weft.Text;

namespace Weft.Show.Picture;

/// <summary>How a box or an edge is doing, as colour, shape and dash say it.</summary>
internal enum Look
{
    Unknown,
    Good,

    /// <summary>A port that waits for its turn.</summary>
    Waiting,

    /// <summary>LACP has not agreed.</summary>
    Doubtful,
    Bad,
    Off,
}

/// <summary>The text of a box.</summary>
/// <param name="Name">Its first line.</param>
/// <param name="Lines">Those below it.</param>
/// <param name="Tip">Everything that is known, a line each.</param>
internal sealed record Card(string Name, ImmutableArray<string> Lines, string Tip)
{
    private const int Wrap = 30, Longest = 46, Addresses = 4;

    /// <summary>The widest line, in letters; two are kept free beside the name for the mark.</summary>
    public int Letters => Math.Max(Width(Name) + 3, Lines.Select(Width).DefaultIfEmpty(0).Max());

    public static Card Of(Box box)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var sorts = box.Of(Topic.Sort).ToList();
        if (box.IsFold)
            lines.AddRange(sorts.Select(Clip));
        lines.AddRange(Wrapped((box.IsFold ? [] : new[] { string.Join(' ', sorts.Prepend(box.Kind)) }).Concat(box.Of(Topic.Owner))));
        lines.AddRange(Wrapped(box.Of(Topic.Mtu).Concat(box.Of(Topic.Condition)).Concat(RoleWords(box.Role))));
        var addresses = box.Of(Topic.Address).ToList();
        lines.AddRange(addresses.Take(addresses.Count == Addresses + 1 ? Addresses + 1 : Addresses).Select(Clip));
        if (addresses.Count > Addresses + 1)
            lines.Add($"{addresses.Count - Addresses} more addresses");
        lines.AddRange(box.Of(Topic.Gateway).Select(Clip));
        return new(Clip(box.Name), lines.ToImmutable(), string.Join('\n', box.Facts.Select(fact => Quote.Clean(fact.Text)).Concat(RoleWords(box.Role)).Distinct()));
    }

    public static Look LookOf(Box box) => box switch
    {
        { Condition: Condition.Down } => Look.Off,
        { Condition: Condition.NoCarrier } => Look.Bad,
        { Role: PortRole.NotAgreed } => Look.Doubtful,
        { Role: PortRole.Standby } => Look.Waiting,
        { Condition: Condition.Carries } => Look.Good,
        _ => Look.Unknown,
    };

    private static IEnumerable<string> RoleWords(PortRole role) => role switch
    {
        PortRole.Active => ["active"],
        PortRole.Standby => ["standby"],
        PortRole.NotAgreed => ["LACP not negotiated"],
        _ => [],
    };

    private static IEnumerable<string> Wrapped(IEnumerable<string> words)
    {
        var line = "";
        foreach (var word in words.Select(Clip))
            if (line.Length > 0 && Width(line) + 2 + Width(word) > Wrap)
            {
                yield return line;
                line = word;
            }
            else
                line = line.Length == 0 ? word : $"{line}, {word}";
        if (line.Length > 0)
            yield return line;
    }

    private static string Clip(string text)
    {
        var clean = Quote.Clean(text);
        if (Width(clean) <= Longest)
            return clean;
        var clipped = new StringBuilder();
        var width = 1;
        foreach (var rune in clean.EnumerateRunes())
            if ((width += Width(rune)) <= Longest)
                clipped.Append(rune);
            else
                break;
        return clipped.Append('…').ToString();
    }

    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>From Hangul Jamo on, most letters are as wide as two; those that are not only leave some room.</summary>
    private static int Width(Rune rune) => rune.Value >= 0x1100 && rune.Value != '…' && rune.Value is not (>= 0x2000 and < 0x2e80) ? 2 : 1;
}
