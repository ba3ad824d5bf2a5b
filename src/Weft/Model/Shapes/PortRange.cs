// A range of UDP or TCP ports.

using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>A range of ports. Canonical: `1024-2047`; one port is a range of itself.</summary>
public sealed record PortRange : Scalar
{
    public override string Wanted => "a range of ports such as 32768-60999";

    public override Parsed Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!Port(dash < 0 ? text : text[..dash], out var first) || !Port(dash < 0 ? text : text[(dash + 1)..], out var last))
            return Parsed.Bad("is none");
        return first == 0 ? Parsed.Bad("begins with 0, which is no port", "out-of-range") : last < first ? Parsed.Bad("ends before it begins") : Parsed.Good(Value.Of(Spell(first, last)));
    }

    public static string Spell(int first, int last) => string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");

    /// <summary>The two ends of a range that this shape has accepted.</summary>
    public static (ushort First, ushort Last) Of(string range)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        return (ushort.Parse(range.AsSpan(0, dash), CultureInfo.InvariantCulture), ushort.Parse(range.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    public override JsonObject AsJson() => Pattern.AnyOf(
        new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ushort.MaxValue },
        Pattern.Text($"{Pattern.Number(1, ushort.MaxValue)}(?:-{Pattern.Number(1, ushort.MaxValue)})?"));

    private static bool Port(string text, out int port)
    {
        var isOne = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed);
        port = parsed;
        return isOne;
    }
}
