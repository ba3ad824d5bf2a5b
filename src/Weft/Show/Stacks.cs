// The live stack as a tree, from what guests and addresses sit on (bridges first) down to the NICs. Each line is one box of
// the graph with the facts that an administrator asks for; what several stand on is told once and referred to afterwards.
// Many alike are one line, and the last line says how to see each.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Plan;
using Weft.Show.Picture;

namespace Weft.Show;

/// <summary>Draws stacks.</summary>
public sealed class Stacks
{
    /// <summary>So many routes are printed of a host that is not asked for all.</summary>
    private const int Routes = 40;

    private readonly Graph graph;
    private readonly ILookup<int, int> under;
    private readonly HashSet<int> told = [];
    private readonly ImmutableArray<Line>.Builder lines = ImmutableArray.CreateBuilder<Line>();

    private Stacks(Graph graph)
    {
        this.graph = graph;
        under = graph.Edges.ToLookup(edge => edge.Plugged ? edge.Lower : edge.Upper, edge => edge.Plugged ? edge.Upper : edge.Lower);
    }

    /// <summary>The tree, and the routes under it.</summary>
    /// <param name="now">An observed host.</param>
    /// <param name="ledger">What is ours, in this epoch.</param>
    /// <param name="names">Only stacks with these links in them, each told; empty for all links, many alike folded.</param>
    /// <param name="all">Fold nothing.</param>
    public static ImmutableArray<Line> Of(Host now, Ledger ledger, IReadOnlyCollection<string> names, bool all = false)
    {
        var whole = HostGraph.Live(now, ledger);
        var shown = names.Count > 0 ? whole.Around(names) : all ? whole : Folding.Of(whole);
        var stacks = new Stacks(shown);
        stacks.Draw();
        var links = shown.Boxes.SelectMany(box => box.IsFold ? box.Folded.Select(folded => folded.Name) : [box.Name]).ToHashSet(StringComparer.Ordinal);
        var routes = now.Routes.Where(route => route.Link is not { } link || links.Contains(link.Value)).ToList();
        stacks.Tell(routes, all || names.Count > 0 || routes.Count <= Routes ? routes.Count : Routes);
        if (shown.Boxes.Any(box => box.IsFold))
            stacks.lines.AddRange(Line.Of(""), Line.Of("Alike links are one line: weft show NAME tells the stack of one, weft show --all each.", Tone.Faint));
        return stacks.lines.ToImmutable();
    }

    private void Tell(List<Route> routes, int most)
    {
        if (routes.Count == 0)
            return;
        if (lines.Count > 0)
            lines.Add(Line.Of(""));
        lines.Add(Line.Of("routes", Tone.Name));
        foreach (var route in routes.Take(most))
            lines.Add(LinkFacts.Of(route));
        if (most < routes.Count)
            lines.Add(Line.Of($"  and {routes.Count - most} more: weft show --all tells each", Tone.Faint));
    }

    private void Draw()
    {
        var carried = graph.Edges.Select(edge => edge.Plugged ? edge.Upper : edge.Lower).ToHashSet();
        foreach (var top in Enumerable.Range(0, graph.Boxes.Length).Where(box => !carried.Contains(box)).OrderBy(Rank).ThenBy(box => graph.Boxes[box].Order))
            Draw(top, "", "");
        // In a circle of foreign links nothing is on top; they are told all the same.
        for (var box = 0; box < graph.Boxes.Length; box++)
            if (!told.Contains(box))
                Draw(box, "", "");
    }

    private void Draw(int at, string lead, string below)
    {
        var box = graph.Boxes[at];
        if (!told.Add(at))
        {
            lines.Add(new([new(lead, Tone.Faint), new(box.Name, Tone.Name), new(" (above)", Tone.Faint)]));
            return;
        }
        lines.Add(new([new(lead, Tone.Faint), .. box.Facts.Select((fact, first) => new Bit(first == 0 ? fact.Text : $"  {fact.Text}", fact.Tone))]));
        var lowers = under[at].ToList();
        for (var next = 0; next < lowers.Count; next++)
            Draw(lowers[next], below + (next == lowers.Count - 1 ? "└─ " : "├─ "), below + (next == lowers.Count - 1 ? "   " : "│  "));
    }

    /// <summary>Bridges, then what else has addresses, then the rest; the loopback last.</summary>
    private int Rank(int at) => graph.Boxes[at] switch
    {
        { Name: "lo" } => 4,
        var box when box.Kind.Split('+').Contains("bridge") => 0,
        var box when LinkKind.Of(box.Kind.Split('+')[0]).Section is null => 3,
        var box => box.Of(Topic.Address).Any() ? 1 : 2,
    };
}
