// The live stack as a tree, from what guests and addresses sit on (bridges first) down to the NICs. Each line is one link
// with the facts that an administrator asks for; a link that several stand on is told once and referred to afterwards.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Plan;

namespace Weft.Show;

/// <summary>Draws stacks.</summary>
public sealed class Stacks
{
    private readonly Host now;
    private readonly HashSet<string> wanted;
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Line>.Builder lines = ImmutableArray.CreateBuilder<Line>();
    private readonly LinkFacts facts;

    private Stacks(Host now, Ledger ledger, IReadOnlyCollection<string> names)
    {
        this.now = now;
        facts = new(now, ledger);
        wanted = names.Count == 0 ? [.. now.Links.Select(link => link.Name.Value)] : Around(now, names);
    }

    /// <summary>The tree, and the routes under it.</summary>
    /// <param name="now">An observed host.</param>
    /// <param name="ledger">What is ours, in this epoch.</param>
    /// <param name="names">Only stacks with these links in them; empty for all.</param>
    public static ImmutableArray<Line> Of(Host now, Ledger ledger, IReadOnlyCollection<string> names)
    {
        var stacks = new Stacks(now, ledger, names);
        stacks.Draw();
        return stacks.lines.ToImmutable();
    }

    private void Draw()
    {
        var carried = now.Links.SelectMany(link => link.Lowers).Select(lower => lower.Value).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        var tops = now.Links.Where(link => !carried.Contains(link.Name.Value) && (link.State?.Master is not { } master || now.Find(master) is null));
        foreach (var top in tops.OrderBy(Rank).ThenBy(link => link.State?.Index))
            Draw(top, "", "");
        // In a circle of foreign links nothing is on top; they are told all the same.
        foreach (var link in now.Links.Where(link => !told.Contains(link.Name.Value)))
            Draw(link, "", "");
        var routes = now.Routes.Where(route => route.Link is not { } link || wanted.Contains(link.Value)).ToList();
        if (routes.Count == 0)
            return;
        if (lines.Count > 0)
            lines.Add(Line.Of(""));
        lines.Add(Line.Of("routes", Tone.Name));
        foreach (var route in routes)
            lines.Add(LinkFacts.Of(route));
    }

    private void Draw(Link link, string lead, string under)
    {
        if (!wanted.Contains(link.Name.Value))
            return;
        if (!told.Add(link.Name.Value))
        {
            lines.Add(new([new(lead, Tone.Faint), new(link.Name.Value, Tone.Name), new(" (above)", Tone.Faint)]));
            return;
        }
        lines.Add(new([new(lead, Tone.Faint), .. facts.Of(link)]));
        var lowers = link.Lowers.Select(lower => now.Find(lower.Value)).OfType<Link>().Where(lower => wanted.Contains(lower.Name.Value)).ToList();
        for (var at = 0; at < lowers.Count; at++)
            Draw(lowers[at], under + (at == lowers.Count - 1 ? "└─ " : "├─ "), under + (at == lowers.Count - 1 ? "   " : "│  "));
    }

    /// <summary>Bridges, then what else has addresses, then the rest; the loopback last.</summary>
    private static int Rank(Link link) =>
        link.Name.Value == "lo" ? 4 : link.Kind == LinkKind.Bridge ? 0 : link.Kind.Section is null ? 3 : link.Addresses.IsEmpty ? 2 : 1;

    /// <summary>The named links, everything under them and everything on top of them.</summary>
    private static HashSet<string> Around(Host now, IReadOnlyCollection<string> names)
    {
        var uppers = now.Links.SelectMany(link => link.Lowers.Select(lower => (Lower: lower.Value, Upper: link.Name.Value))).ToLookup(pair => pair.Lower, pair => pair.Upper, StringComparer.Ordinal);
        var around = new HashSet<string>(StringComparer.Ordinal);
        var up = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(names);
        while (waiting.TryPop(out var name))
            if (up.Add(name))
                foreach (var upper in uppers[name])
                    waiting.Push(upper);
        waiting = new(up);
        // A stack that contains the link is told whole, down to its NICs.
        while (waiting.TryPop(out var name))
            if (around.Add(name))
                foreach (var lower in now.Find(name)?.Lowers ?? [])
                    waiting.Push(lower.Value);
        return around;
    }
}
