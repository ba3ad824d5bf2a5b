// The order in which links stand on each other. The checks have refused cycles; a link in one is put last rather than lost.

using Weft.Model;

namespace Weft.Plan;

internal static class Stack
{
    /// <summary>Links so that each comes after its ports and after what it is a tag of; otherwise in the file's order.</summary>
    public static IReadOnlyList<Link> BottomUp(Host host)
    {
        var order = new List<Link>(host.Links.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in host.Links)
            Visit(link);
        return order;

        void Visit(Link link)
        {
            if (!seen.Add(link.Name.Value))
                return;
            foreach (var lower in link.Below)
                if (host.Find(lower) is { } found)
                    Visit(found);
            order.Add(link);
        }
    }
}
