// Folds what there is too much of. Without its hubs (a bond with 500 VLANs, a bridge with 200 guests) a host falls into small
// parts; parts of one make, on the same hubs, become one box that tells how many they are and how many of them are without
// carrier. What differs is drawn: another MTU or mode is another make, a default gateway is never folded, and neither are the
// few that have another condition than the rest.

using System.Collections.Immutable;

namespace Weft.Show.Picture;

internal sealed class Folding
{
    /// <summary>More neighbours than this make a hub.</summary>
    private const int Neighbours = 8;

    /// <summary>Up to this many alike are drawn one by one; with guests, up to twice as many.</summary>
    public const int Few = 12;

    /// <summary>Up to this many in another condition than the rest are drawn apart.</summary>
    private const int Odd = 8;

    /// <summary>Larger parts than this are no two alike.</summary>
    private const int LargestPart = 12;

    private readonly Graph graph;
    private readonly bool[] isHub;

    private Folding(Graph graph)
    {
        this.graph = graph;
        var degrees = new int[graph.Boxes.Length];
        foreach (var edge in graph.Edges)
        {
            degrees[edge.Lower]++;
            degrees[edge.Upper]++;
        }
        isHub = [.. degrees.Select(degree => degree > Neighbours)];
    }

    /// <summary>The graph with everything folded that there are many of.</summary>
    public static Graph Of(Graph graph) => new Folding(graph).Result();

    private Graph Result()
    {
        var parts = Parts();
        var makes = parts.Where(part => part.Length <= LargestPart && !part.Any(box => graph.Boxes[box].Of(Topic.Gateway).Any()))
            .GroupBy(part => Make(part), StringComparer.Ordinal);
        var folds = makes.Select(make => WithoutOdd([.. make])).Where(make => make.Count > (make[0].Any(box => IsPlugged(box)) && make[0].Length > 1 ? 2 * Few : Few)).ToList();
        return folds.Count == 0 ? graph : Folded(folds);
    }

    private bool IsPlugged(int box) => graph.Below(box).Any(edge => edge.Plugged);

    private Graph Folded(List<List<int[]>> folds)
    {
        var into = new int[graph.Boxes.Length];
        Array.Fill(into, -1);
        for (var fold = 0; fold < folds.Count; fold++)
            foreach (var box in folds[fold].SelectMany(part => part))
                into[box] = fold;
        var staying = Enumerable.Range(0, into.Length).Where(box => into[box] < 0).ToList();
        var positions = new int[into.Length];
        for (var at = 0; at < staying.Count; at++)
            positions[staying[at]] = at;
        int Of(int box) => into[box] < 0 ? positions[box] : staying.Count + into[box];
        return graph.With(
            [.. staying.Select(box => graph.Boxes[box]), .. folds.Select(fold => FoldWords.Of([.. fold.Select(part => part.Select(box => graph.Boxes[box]).ToImmutableArray())], IsPlugged(fold[0][0])))],
            graph.Edges.Select(edge => edge with { Lower = Of(edge.Lower), Upper = Of(edge.Upper) }).Where(edge => edge.Lower != edge.Upper).Distinct());
    }

    /// <summary>What hangs together without the hubs; each part in the order of its makes, so that equals stand at equal positions.</summary>
    private IEnumerable<int[]> Parts()
    {
        var root = Enumerable.Range(0, graph.Boxes.Length).ToArray();
        int Root(int box)
        {
            while (root[box] != box)
                box = root[box] = root[root[box]];
            return box;
        }
        foreach (var edge in graph.Edges.Where(edge => !isHub[edge.Lower] && !isHub[edge.Upper]))
            root[Root(edge.Lower)] = Root(edge.Upper);
        return Enumerable.Range(0, root.Length).Where(box => !isHub[box]).GroupBy(Root).Select(part => part.OrderBy(box => Make(box), StringComparer.Ordinal).ToArray());
    }

    private string Make(int[] part) =>
        string.Join('\n', part.Select(box => Make(box)).Concat(part.SelectMany(graph.Above).Select(edge => $"{Array.IndexOf(part, edge.Lower)}>{Array.IndexOf(part, edge.Upper)}")));

    /// <summary>Everything by which a box differs from another, but for names, numbers, addresses and how it is doing.</summary>
    private string Make(int at)
    {
        var box = graph.Boxes[at];
        var said = box.Facts.Where(fact => fact.Topic is Topic.Setting or Topic.Mtu or Topic.Owner || (fact.Topic == Topic.Sort && box.VlanId is null)).Select(fact => fact.Text);
        var hubs = graph.Below(at).Select(edge => $"<{(isHub[edge.Lower] ? edge.Lower : -1)}").Concat(graph.Above(at).Select(edge => $">{(isHub[edge.Upper] ? edge.Upper : -1)}"));
        var addresses = box.Of(Topic.Address).Select(text => text.Contains(':', StringComparison.Ordinal)).Distinct().Order();
        return string.Join('\t', [box.Kind, box.Role is PortRole.Active or PortRole.Standby ? box.Role.ToString() : "", .. said, .. hubs, .. addresses.Select(is6 => is6 ? "6" : "4")]);
    }

    private List<int[]> WithoutOdd(List<int[]> make)
    {
        var usual = make.GroupBy(part => Trouble(part)).MaxBy(group => group.Count())!.Key;
        var odd = make.Count(part => Trouble(part) != usual);
        return odd <= Odd ? [.. make.Where(part => Trouble(part) == usual)] : make;
    }

    private (Condition, bool) Trouble(int[] part) =>
        (part.Max(box => graph.Boxes[box].Condition), part.Any(box => graph.Boxes[box].Role is PortRole.Broken or PortRole.NotAgreed));
}
