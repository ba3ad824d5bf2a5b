// The picture as Graphviz text, for those who want to lay it out themselves: `weft show --dot | dot -Tsvg`. Names are data in
// quoted strings, where Graphviz gives a meaning to the quote and the backslash alone.

using System.Text;
using Weft.Text;

namespace Weft.Show.Picture;

internal static class Dot
{
    public static string Of(Graph graph)
    {
        var text = new StringBuilder();
        text.Append($"digraph {Quoted(graph.Title ?? "host")} {{\n");
        text.Append("  graph [rankdir=LR, bgcolor=white, ranksep=0.8, nodesep=0.2];\n");
        text.Append("  node [shape=box, style=\"rounded,filled\", fontname=monospace, fontsize=10];\n");
        text.Append("  edge [arrowsize=0.5];\n");
        for (var at = 0; at < graph.Boxes.Length; at++)
            text.Append($"  n{at} {Node(graph.Boxes[at])};\n");
        // Boxes of one column stand in one column here too.
        foreach (var column in new Columns(graph).All.Select(column => column.Where(slot => slot.Box is not null).Select(slot => slot.Box!.Value).ToList()).Where(column => column.Count > 1))
            text.Append($"  {{ rank=same; {string.Join(' ', column.Order().Select(box => $"n{box};"))} }}\n");
        foreach (var edge in graph.Edges)
            text.Append($"  n{edge.Lower} -> n{edge.Upper} {Joint(graph, edge)};\n");
        return text.Append("}\n").ToString();
    }

    private static string Node(Box box)
    {
        var card = Card.Of(box);
        var (line, fill) = Colours(Card.LookOf(box));
        return $"[label={Quoted([card.Name, .. card.Lines])}, tooltip={Quoted(card.Tip.Split('\n'))}, color=\"{line}\", fillcolor=\"{fill}\""
            + (box.Foreign ? ", style=\"rounded,filled,dashed\"" : "") + (box.IsFold ? ", peripheries=2" : "") + "]";
    }

    private static string Joint(Graph graph, Edge edge)
    {
        var looked = graph.Boxes[edge.Plugged ? edge.Upper : edge.Lower];
        var look = Card.LookOf(looked);
        return $"[color=\"{Colours(look).Line}\", style={(look is Look.Bad or Look.Off ? "dotted" : look == Look.Doubtful || (edge.Plugged && looked.Foreign) ? "dashed" : "solid")}]";
    }

    private static (string Line, string Fill) Colours(Look look) => look switch
    {
        Look.Good => ("#1a7f37", "#eaf7ee"),
        Look.Waiting => ("#4a6f9c", "#eef4fb"),
        Look.Doubtful => ("#9a6700", "#fff5d6"),
        Look.Bad => ("#cf222e", "#ffecea"),
        Look.Off => ("#57606a", "#ececef"),
        _ => ("#6e7781", "#f6f8fa"),
    };

    /// <summary>Lines as one string, each set to the left.</summary>
    private static string Quoted(params string[] lines) => $"\"{string.Join("\\l", lines.Select(Escaped))}{(lines.Length > 1 ? "\\l" : "")}\"";

    /// <summary>Graphviz also reads HTML entities in strings (`&amp;lt;`): an ampersand is spelled as one.</summary>
    private static string Escaped(string line) =>
        Quote.Clean(line).Replace("&", "&amp;", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
