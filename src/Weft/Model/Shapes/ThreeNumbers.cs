// Three numbers in one text, none smaller than the one before, as files under /proc/sys hold them.

using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>`4096 131072 33554432`.</summary>
public sealed record ThreeNumbers : Scalar
{
    public override string Wanted => "three numbers such as 4096 131072 33554432, each at least the one before";

    public override Parsed Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3 || !words.All(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return Parsed.Bad("is something else");
        var numbers = words.Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return numbers[0] < 1 || numbers[0] > numbers[1] || numbers[1] > numbers[2] ? Parsed.Bad("does not grow from 1 on") : Parsed.Good(Value.Of(string.Join(' ', numbers)));
    }

    public override JsonObject AsJson() => new() { ["type"] = "string", ["pattern"] = "^[0-9]+ +[0-9]+ +[0-9]+$" };
}
