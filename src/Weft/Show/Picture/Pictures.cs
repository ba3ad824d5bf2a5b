// The door of this room: a host in, a picture as text out.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Plan;

namespace Weft.Show.Picture;

/// <summary>In which language a picture is written.</summary>
public enum PictureForm
{
    /// <summary>An SVG that needs nothing else (W3C SVG 1.1, CSS media queries for light and dark).</summary>
    Svg,

    /// <summary>Graphviz text (the DOT language), for `dot -Tsvg` and its like.</summary>
    Dot,
}

/// <summary>Draws hosts.</summary>
public static class Pictures
{
    /// <summary>An observed host.</summary>
    /// <param name="form">The language.</param>
    /// <param name="now">What is observed.</param>
    /// <param name="ledger">What is ours, in this epoch.</param>
    /// <param name="names">Only stacks with these links in them, each drawn; empty for all links, many alike folded.</param>
    /// <param name="all">Fold nothing.</param>
    public static string Of(PictureForm form, Host now, Ledger ledger, IReadOnlyCollection<string> names, bool all) => Of(form, HostGraph.Live(now, ledger), names, all);

    /// <summary>A host as its file declares it, guests plugged in; nothing live.</summary>
    public static string OfFile(PictureForm form, Host file, IReadOnlyCollection<string> names, bool all) => Of(form, HostGraph.Declared(file), names, all);

    /// <summary>The names that a picture of a file may be limited to.</summary>
    public static ImmutableArray<string> NamesIn(Host file) => [.. file.Links.Select(link => link.Name.Value), .. file.Guests.Select(guest => guest.Name.Value)];

    private static string Of(PictureForm form, Graph whole, IReadOnlyCollection<string> names, bool all)
    {
        var graph = names.Count > 0 ? whole.Around(names) : all ? whole : Folding.Of(whole);
        return form == PictureForm.Svg ? Svg.Of(graph) : Dot.Of(graph);
    }
}
