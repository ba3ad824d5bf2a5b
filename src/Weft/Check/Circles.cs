// Stacking loops. The stack of a host is small and shallow, but a file may be neither, so the walk keeps its own list instead
// of recursing: depth is bounded by the number of links, not by the machine's stack.

using System.Collections.Immutable;
using Weft.Model;

namespace Weft.Check;

internal static class Circles
{
    /// <summary>How many are told. Whoever opens these sees the next; and there can be as many as links squared.</summary>
    private const int MostCircles = 50;

    /// <summary>Each loop once, beginning with its link that comes first in the file.</summary>
    public static ImmutableArray<ImmutableArray<Link>> Of(Host host)
    {
        var found = ImmutableArray.CreateBuilder<ImmutableArray<Link>>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in host.Links)
            Walk(host, start, done, found);
        return found.ToImmutable();
    }

    /// <summary>Whether a bridge has a VLAN of its own for a port, and nothing else is in it.</summary>
    public static bool IsBridgeAndItsVlan(ImmutableArray<Link> circle) =>
        circle.Length == 2 && circle.Any(link => link.Kind == LinkKind.Bridge) && circle.Any(link => link.Kind == LinkKind.Vlan);

    private static void Walk(Host host, Link start, HashSet<string> done, ImmutableArray<ImmutableArray<Link>>.Builder found)
    {
        var path = new List<(Link Link, IEnumerator<string> Below)>();
        var depth = new Dictionary<string, int>(StringComparer.Ordinal);
        if (done.Add(start.Name.Value))
            Enter(start);
        while (path.Count > 0)
        {
            var (link, below) = path[^1];
            if (!below.MoveNext())
            {
                below.Dispose();
                depth.Remove(link.Name.Value);
                path.RemoveAt(path.Count - 1);
            }
            else if (depth.TryGetValue(below.Current, out var at) && found.Count < MostCircles)
                found.Add([.. path.Skip(at).Select(step => step.Link)]);
            else if (host.Find(below.Current) is { } lower && done.Add(below.Current))
                Enter(lower);
        }

        void Enter(Link link)
        {
            depth[link.Name.Value] = path.Count;
            path.Add((link, link.Lowers.Select(lower => lower.Value).GetEnumerator()));
        }
    }
}
