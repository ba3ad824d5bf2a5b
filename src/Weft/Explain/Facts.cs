// What the tables say of a word, in words: nothing here is known of any one attribute.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Explain;

/// <summary>What is known of a word, a label and a text each.</summary>
internal static class Facts
{
    public static IEnumerable<(string Label, string Text)> Of(Attribute line)
    {
        yield return ("holds", line.Shape.Wanted);
        yield return ("default", Default(line));
        if (line.Kinds.Contains(LinkKind.Bond) && line != BondLines.Mode)
            yield return ("modes", line.Modes.IsEmpty ? "all" : $"{string.Join(", ", line.Modes)}; in others the kernel {(line.RefusedElsewhere ? "refuses it (EACCES)" : "takes it, and nothing comes of it")}");
        yield return ("to change", Change(line));
        if (line.Restarts)
            yield return ("disturbs", "most drivers start the NIC anew for it: its link is down for a moment, and agreed on anew");
        if (line.Since.Length > 0)
            yield return ("kernel", $"{line.Since} and later, and older ones that a distribution has brought it to");
        if (line.Option.Length > 0)
            yield return ("kernel", $"built with {line.Option}");
        if (line.Wire != line.Name)
            yield return ("kernel name", line.Wire);
    }

    public static IEnumerable<(string Label, string Text)> Of(Choice mode)
    {
        yield return ("number", mode.Number.ToString(CultureInfo.InvariantCulture));
        if (BondLines.Mode.Default(Settings.Empty) is Value.Word usual && usual.Text == mode.Word)
            yield return ("default", "what a bond is where nothing is said");
        foreach (var (label, lines) in new[] { ("options", OwnOf(mode.Word)), ("refuses", RefusedIn(mode.Word)) })
            if (!lines.IsEmpty)
                yield return (label, string.Join(", ", lines));
    }

    /// <summary>The attributes that mean something in this mode and not in all.</summary>
    public static ImmutableArray<string> OwnOf(string mode) => [.. OfBonds.Where(line => line.Modes.Contains(mode)).Select(line => line.Name)];

    /// <summary>The attributes that the kernel refuses in this mode.</summary>
    public static ImmutableArray<string> RefusedIn(string mode) => [.. OfBonds.Where(line => line.RefusedElsewhere && !line.Modes.Contains(mode)).Select(line => line.Name)];

    private static IEnumerable<Attribute> OfBonds => BondLines.All.Concat(BondPortLines.All);

    private static string Default(Attribute line)
    {
        if (line.Home == Home.Hardware)
            return "as it was found: it goes back to that when it leaves the file";
        if (line.Default(Settings.Empty) is not { } usual)
            return line.Required ? "none, it must be said" : "none that is fixed: it follows from the link and those it belongs with";
        return string.Join("; ", [Said(line.Shape, usual), .. Defaults.ByMode(line).Select(other => $"{Said(line.Shape, other.Value)} in {string.Join(", ", other.Modes)}")]);
    }

    private static string Said(Shape shape, Value value) => (shape, value) switch
    {
        (_, Value.Word { Text: "" } or Value.List { Items.IsEmpty: true } or Value.Map) => "none",
        (Count { Unit: Unit.Milliseconds }, Value.Number { Count: > 0 and var count }) => $"{count} ms",
        (Count { Unit: Unit.Seconds }, Value.Number { Count: var count }) => $"{count} s",
        (Count { Unit: Unit.Hundredths }, Value.Number { Count: > 0 and var count }) => string.Create(CultureInfo.InvariantCulture, $"{count} ({count / 100m:0.##} s)"),
        (Count { Unit: Unit.Mask }, Value.Number { Count: var count }) => $"0x{count:x}",
        _ => value.ToString()!,
    };

    private static string Change(Attribute line)
    {
        var link = line.Kinds is [var kind] ? kind == LinkKind.Vlan ? "VLAN" : kind.Word : "link";
        return line.Change switch
        {
            Model.Attributes.Change.Live => "any time",
            Model.Attributes.Change.Down => $"the {link} must be down; its ports may stay",
            Model.Attributes.Change.DownWithoutPorts => $"the {link} must be down and have no ports",
            Model.Attributes.Change.WithoutPorts => $"the {link} must have no ports; it may be up",
            _ => $"the {link} is made anew: the kernel takes the message and does nothing",
        };
    }
}
