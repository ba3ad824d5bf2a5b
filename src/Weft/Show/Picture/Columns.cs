// Which column each box stands in, and its place among the others there. Frames travel from left to right: every edge leads to
// a column further right. An edge that spans columns gets a slot of its own in each between, so that it never runs through a
// box. The order is by barycentre: each slot goes to the mean of its neighbours, and the sweep with the fewest crossings wins.

using System.Collections.Immutable;

namespace Weft.Show.Picture;

/// <summary>A box in its column, or an edge on its way through one.</summary>
internal sealed class Slot(int? box)
{
    /// <summary>The box; null for an edge that passes.</summary>
    public int? Box { get; } = box;

    public List<Slot> Left { get; } = [];
    public List<Slot> Right { get; } = [];

    /// <summary>Where it stands among the slots of its column.</summary>
    public int At { get; set; }

    /// <summary>The middle of it, in pixels from the top; set by <see cref="Places"/>.</summary>
    public double Y { get; set; }
}

internal sealed class Columns
{
    /// <summary>Sweeps to the right and back. More bring nothing on any host that was tried.</summary>
    private const int Sweeps = 8;

    private static readonly string[] Ranks = ["nic", "bond", "vlan", "bridge"];

    private readonly Graph graph;
    private readonly Dictionary<int, Slot> slots;

    /// <param name="graph">What is drawn.</param>
    public Columns(Graph graph)
    {
        this.graph = graph;
        var joined = graph.Edges.SelectMany(edge => new[] { edge.Lower, edge.Upper }).ToHashSet();
        Alone = [.. Enumerable.Range(0, graph.Boxes.Length).Where(box => !joined.Contains(box)).OrderBy(box => graph.Boxes[box].Order)];
        var column = Numbers(joined);
        slots = joined.ToDictionary(box => box, box => new Slot(box));
        var all = Enumerable.Range(0, column.Values.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<Slot>()).ToArray();
        foreach (var box in FromTheLeft(joined, column))
            all[column[box]].Add(slots[box]);
        Edges = [.. graph.Edges.Where(edge => column[edge.Lower] < column[edge.Upper]).Select(edge => Path(edge, column, all))];
        All = [.. all];
        Sort();
    }

    /// <summary>The columns, left to right, each top to bottom.</summary>
    public ImmutableArray<List<Slot>> All { get; }

    /// <summary>The way of each edge: its lower box, the slots it passes, its upper box. An edge that closes a circle has none.</summary>
    public ImmutableArray<(Edge Edge, ImmutableArray<Slot> Path)> Edges { get; }

    /// <summary>Boxes without an edge.</summary>
    public ImmutableArray<int> Alone { get; }

    /// <summary>Where links of a kind usually stand: NIC, bond, VLAN, bridge, everything else.</summary>
    public static int RankOf(string kind) => Array.IndexOf(Ranks, kind.Split('+')[0]) is >= 0 and var rank ? rank : Ranks.Length;

    /// <summary>The first column that is right of all lower boxes, and no further left than others of the kind; empty columns are left out.</summary>
    private Dictionary<int, int> Numbers(HashSet<int> joined)
    {
        var column = joined.ToDictionary(box => box, box => IsBottom(box) && graph.Boxes[box].Kind != "bridge" ? 0 : RankOf(graph.Boxes[box].Kind));
        // Bounded, for links in a circle: no way through a host is longer than its boxes.
        for (int round = 0, moved = 1; moved > 0 && round < Math.Min(joined.Count, 64); round++)
        {
            moved = 0;
            foreach (var edge in graph.Edges.Where(edge => column[edge.Upper] <= column[edge.Lower]))
                (column[edge.Upper], moved) = (column[edge.Lower] + 1, moved + 1);
        }
        var used = column.Values.Distinct().Order().Select((number, at) => (number, at)).ToDictionary(pair => pair.number, pair => pair.at);
        return column.ToDictionary(pair => pair.Key, pair => used[pair.Value]);
    }

    private bool IsBottom(int box) => !graph.Below(box).Any();

    /// <summary>Boxes in the order in which a walk up from each NIC meets them: a good start, near to what is sought.</summary>
    private IEnumerable<int> FromTheLeft(HashSet<int> joined, Dictionary<int, int> column)
    {
        var seen = new HashSet<int>();
        foreach (var start in joined.OrderBy(box => column[box]).ThenBy(box => graph.Boxes[box].Order))
        {
            var waiting = new Stack<int>([start]);
            while (waiting.TryPop(out var box))
                if (seen.Add(box))
                {
                    yield return box;
                    foreach (var edge in graph.Above(box).Reverse())
                        waiting.Push(edge.Upper);
                }
        }
    }

    private (Edge, ImmutableArray<Slot>) Path(Edge edge, Dictionary<int, int> column, List<Slot>[] all)
    {
        var path = ImmutableArray.CreateBuilder<Slot>();
        path.Add(slots[edge.Lower]);
        for (var at = column[edge.Lower] + 1; at < column[edge.Upper]; at++)
        {
            path.Add(new Slot(null));
            all[at].Add(path[^1]);
        }
        path.Add(slots[edge.Upper]);
        foreach (var (left, right) in path.Zip(path.Skip(1)))
        {
            left.Right.Add(right);
            right.Left.Add(left);
        }
        return (edge, path.ToImmutable());
    }

    private void Sort()
    {
        foreach (var column in All)
            Number(column);
        var best = All.Select(column => column.ToArray()).ToArray();
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var right = sweep % 2 == 0;
            foreach (var column in right ? All.Skip(1) : All.Reverse().Skip(1))
            {
                var sorted = column.OrderBy(slot => Barycentre(slot, right ? slot.Left : slot.Right)).ToArray();
                column.Clear();
                column.AddRange(sorted);
                Number(column);
            }
            if (Crossings() is var crossings && crossings < fewest)
                (fewest, best) = (crossings, All.Select(column => column.ToArray()).ToArray());
        }
        for (var at = 0; at < best.Length; at++)
        {
            All[at].Clear();
            All[at].AddRange(best[at]);
            Number(All[at]);
        }
    }

    private static double Barycentre(Slot slot, List<Slot> neighbours) => neighbours.Count == 0 ? slot.At : neighbours.Average(neighbour => neighbour.At);

    private static void Number(List<Slot> column)
    {
        for (var at = 0; at < column.Count; at++)
            column[at].At = at;
    }

    /// <summary>How many pairs of edges cross between two columns: inversions, counted with a tree of sums.</summary>
    public long Crossings()
    {
        long crossings = 0;
        for (var at = 0; at + 1 < All.Length; at++)
        {
            var sums = new int[All[at + 1].Count + 1];
            var before = 0;
            foreach (var slot in All[at])
            {
                foreach (var right in slot.Right)
                {
                    var notAbove = 0;
                    for (var node = right.At + 1; node > 0; node -= node & -node)
                        notAbove += sums[node];
                    crossings += before - notAbove;
                }
                foreach (var right in slot.Right)
                {
                    for (var node = right.At + 1; node < sums.Length; node += node & -node)
                        sums[node]++;
                    before++;
                }
            }
        }
        return crossings;
    }
}
