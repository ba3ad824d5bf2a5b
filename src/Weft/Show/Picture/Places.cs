// Where every box and every edge is drawn, in pixels. Slots keep the order of their column and a distance, and otherwise go
// as near to their neighbours' middle as the others let them (pool adjacent violators: the least squares under an order).

using System.Collections.Immutable;

namespace Weft.Show.Picture;

/// <summary>A rectangle, in pixels from the upper left.</summary>
internal sealed record Area(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;
    public double Middle => Y + (Height / 2);
}

internal sealed class Places
{
    public const double Letter = 7.3, NameLine = 18, TextLine = 15, Padding = 9;
    private const double ColumnGap = 84, RowGap = 16, PassingHeight = 6, NarrowestBox = 120, NarrowestPage = 880;
    private const int Sweeps = 12;

    private readonly Dictionary<int, Area> areas = [];
    private readonly ImmutableArray<Card> cards;

    public Places(Graph graph, Columns columns)
    {
        cards = [.. graph.Boxes.Select(Card.Of)];
        Stack(columns);
        var widths = columns.All.Select(column => column.Where(slot => slot.Box is not null).Select(slot => WidthOf(cards[slot.Box!.Value])).DefaultIfEmpty(40).Max()).ToArray();
        Lefts = [.. widths.Select((_, at) => widths.Take(at).Sum(width => width + ColumnGap))];
        foreach (var (column, at) in columns.All.Select((column, at) => (column, at)))
            foreach (var slot in column.Where(slot => slot.Box is not null))
                areas[slot.Box!.Value] = new(Lefts[at], slot.Y - (Height(slot) / 2), widths[at], Height(slot));
        Widths = [.. widths];
        Joined = new(0, 0, widths.Length == 0 ? 0 : Lefts[^1] + widths[^1], areas.Values.Select(area => area.Bottom).DefaultIfEmpty(0).Max());
        Ways = [.. columns.Edges.Select(edge => (edge.Edge, Way(edge.Path, columns)))];
        PlaceAlone(columns.Alone);
        Whole = new(0, 0, areas.Values.Select(area => area.Right).Append(Joined.Width).DefaultIfEmpty(0).Max(), areas.Values.Select(area => area.Bottom).DefaultIfEmpty(0).Max());
    }

    /// <summary>The area of all boxes that edges join; the boxes that stand alone are below it.</summary>
    public Area Joined { get; }
    public Area Whole { get; }
    public ImmutableArray<double> Lefts { get; }
    public ImmutableArray<double> Widths { get; }

    /// <summary>The points that each edge goes through; between two that differ in height lies the gap of two columns.</summary>
    public ImmutableArray<(Edge Edge, ImmutableArray<(double X, double Y)> Points)> Ways { get; }

    public Card CardOf(int box) => cards[box];
    public Area AreaOf(int box) => areas[box];

    private static double WidthOf(Card card) => Math.Max(NarrowestBox, Math.Ceiling((card.Letters * Letter) + (2 * Padding)));

    private double Height(Slot slot) => slot.Box is { } box ? HeightOf(cards[box]) : PassingHeight;

    private static double HeightOf(Card card) => NameLine + (card.Lines.Length * TextLine) + (2 * Padding) - 4;

    private void Stack(Columns columns)
    {
        foreach (var column in columns.All)
            Settle(column, slot => slot.At);
        for (var sweep = 0; sweep < Sweeps; sweep++)
            foreach (var column in sweep % 2 == 0 ? columns.All.AsEnumerable() : columns.All.Reverse())
                Settle(column, slot => (sweep == Sweeps - 1 ? slot.Left.Concat(slot.Right) : sweep % 2 == 0 ? slot.Left : slot.Right) is var near && near.Any() ? near.Average(other => other.Y) : slot.Y);
        var top = columns.All.SelectMany(column => column).Select(slot => slot.Y - (Height(slot) / 2)).DefaultIfEmpty(0).Min();
        foreach (var slot in columns.All.SelectMany(column => column))
            slot.Y = Math.Round(slot.Y - top);
    }

    /// <summary>Each slot as near to where it wants to be as order and distance allow.</summary>
    private void Settle(List<Slot> column, Func<Slot, double> wanted)
    {
        // Without the heights of those above it, each slot only has to be no higher than the one before.
        var offsets = new double[column.Count];
        for (var at = 1; at < column.Count; at++)
            offsets[at] = offsets[at - 1] + ((Height(column[at - 1]) + Height(column[at])) / 2) + RowGap;
        var pools = new List<(double Sum, int Count)>();
        for (var at = 0; at < column.Count; at++)
        {
            pools.Add((wanted(column[at]) - offsets[at], 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }
        var next = 0;
        foreach (var (sum, count) in pools)
            for (var inside = 0; inside < count; inside++, next++)
                column[next].Y = (sum / count) + offsets[next];
    }

    private ImmutableArray<(double X, double Y)> Way(ImmutableArray<Slot> path, Columns columns)
    {
        var points = ImmutableArray.CreateBuilder<(double, double)>();
        points.Add((areas[path[0].Box!.Value].Right, Gate(path[0], path[0].Right, path[1])));
        foreach (var passing in path.Skip(1).SkipLast(1))
        {
            var column = columns.All.TakeWhile(other => passing.At >= other.Count || other[passing.At] != passing).Count();
            points.Add((Lefts[column], passing.Y));
            points.Add((Lefts[column] + Widths[column], passing.Y));
        }
        points.Add((areas[path[^1].Box!.Value].X, Gate(path[^1], path[^1].Left, path[^2])));
        return points.ToImmutable();
    }

    /// <summary>Where on a box's side an edge ends: the edges of a side share it in the order of where they come from.</summary>
    private double Gate(Slot slot, List<Slot> side, Slot other)
    {
        var place = side.Count(before => before.Y < other.Y || (before.Y.Equals(other.Y) && side.IndexOf(before) < side.IndexOf(other)));
        return slot.Y + ((place - ((side.Count - 1) / 2.0)) * Math.Min(12, (Height(slot) - 12) / side.Count));
    }

    private void PlaceAlone(ImmutableArray<int> alone)
    {
        var (x, y, row) = (0.0, Joined.Height == 0 ? 0 : Joined.Height + 56, 0.0);
        foreach (var box in alone)
        {
            var (width, height) = (WidthOf(cards[box]), HeightOf(cards[box]));
            if (x > 0 && x + width > Math.Max(NarrowestPage, Joined.Width))
                (x, y, row) = (0, y + row + RowGap, 0);
            areas[box] = new(x, y, width, height);
            (x, row) = (x + width + 20, Math.Max(row, height));
        }
    }
}
