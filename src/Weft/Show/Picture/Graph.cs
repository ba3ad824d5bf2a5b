// A host as boxes and what joins them: the one thing that the tree, the SVG and the Graphviz text all draw. A box is a link,
// a guest of a file, or many alike links folded into one; an edge leads from what carries to what is carried. Pure data: who
// makes it is `HostGraph`, who folds it `Folding`, who places it `Columns` and `Places`.

using System.Collections.Immutable;

namespace Weft.Show.Picture;

/// <summary>Whether a box carries. Shown in colour, and by shape and word as well.</summary>
internal enum Condition
{
    /// <summary>Of a file: nothing is known.</summary>
    Unknown,
    Carries,
    NoCarrier,
    Down,
}

/// <summary>A link, a guest, or a fold of many.</summary>
/// <param name="Name">As the kernel or the file has it; not cleaned.</param>
/// <param name="Kind">`nic`, `bond`, `vlan`, `bridge`, the kernel's word for another kind, `guest`; of a fold, its parts' joined by `+`.</param>
/// <param name="Facts">What is said of it, name and kind first.</param>
internal sealed record Box(string Name, string Kind, ImmutableArray<Fact> Facts)
{
    public Condition Condition { get; init; }
    public PortRole Role { get; init; }

    /// <summary>Not Weft's: drawn dashed.</summary>
    public bool Foreign { get; init; }

    /// <summary>Position of the link in its host; later boxes have none and stand behind. For stable order.</summary>
    public int Order { get; init; } = int.MaxValue;

    /// <summary>The number of a VLAN; null for what is none.</summary>
    public long? VlanId { get; init; }

    /// <summary>The links that this one box stands for; empty where it is one itself.</summary>
    public ImmutableArray<Box> Folded { get; init; } = [];

    public bool IsFold => !Folded.IsEmpty;

    public IEnumerable<string> Of(Topic topic) => Facts.Where(fact => fact.Topic == topic).Select(fact => fact.Text);
}

/// <summary>That one box carries another.</summary>
/// <param name="Plugged">
/// The upper one is plugged into the lower, a bridge: a guest, or a port that somebody else put there. The kernel calls it the bridge's
/// port, so the tree tells it below the bridge.
/// </param>
internal readonly record struct Edge(int Lower, int Upper, bool Plugged = false);

/// <summary>Boxes, and edges between their positions.</summary>
internal sealed class Graph(ImmutableArray<Box> boxes, ImmutableArray<Edge> edges)
{
    private readonly Lazy<ILookup<int, Edge>> above = new(() => edges.ToLookup(edge => edge.Lower));
    private readonly Lazy<ILookup<int, Edge>> below = new(() => edges.ToLookup(edge => edge.Upper));

    public ImmutableArray<Box> Boxes => boxes;
    public ImmutableArray<Edge> Edges => edges;

    /// <summary>The host's name; null where nobody gave one.</summary>
    public string? Title { get; init; }

    /// <summary>Whether it shows a running host rather than a file.</summary>
    public bool Live { get; init; }

    /// <summary>The same host with other boxes and edges.</summary>
    public Graph With(IEnumerable<Box> others, IEnumerable<Edge> between) => new([.. others], [.. between]) { Title = Title, Live = Live };

    public IEnumerable<Edge> Above(int box) => above.Value[box];
    public IEnumerable<Edge> Below(int box) => below.Value[box];

    /// <summary>
    /// The stacks that these boxes are part of: everything on top of them, and whatever that stands on, down to the NICs.
    /// </summary>
    public Graph Around(IReadOnlyCollection<string> names)
    {
        var kept = new HashSet<int>();
        var waiting = new Stack<int>(Enumerable.Range(0, Boxes.Length).Where(box => names.Contains(Boxes[box].Name)));
        while (waiting.TryPop(out var box))
            if (kept.Add(box))
                foreach (var edge in Above(box))
                    waiting.Push(edge.Upper);
        waiting = new(kept);
        var seen = new HashSet<int>();
        while (waiting.TryPop(out var box))
            if (seen.Add(box))
            {
                foreach (var edge in Below(box))
                    waiting.Push(edge.Lower);
                // What is plugged into a bridge of the stack belongs to the stack, though it carries nothing of it.
                foreach (var edge in Above(box).Where(edge => edge.Plugged && kept.Contains(box)))
                    waiting.Push(edge.Upper);
            }
        return Only(seen);
    }

    private Graph Only(HashSet<int> kept)
    {
        var positions = kept.Order().Select((old, now) => (old, now)).ToDictionary(pair => pair.old, pair => pair.now);
        return With(
            positions.Keys.Order().Select(old => Boxes[old]),
            Edges.Where(edge => kept.Contains(edge.Lower) && kept.Contains(edge.Upper)).Select(edge => edge with { Lower = positions[edge.Lower], Upper = positions[edge.Upper] }));
    }
}
