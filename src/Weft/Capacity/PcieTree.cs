// What ports can carry together though they share PCIe links: each link passes what is under it, and no more than its lanes take. Ways
// of ports meet the nearer they come to the processor, so the links make a tree.

using Weft.Model;

namespace Weft.Capacity;

internal static class PcieTree
{
    /// <summary>Mbit/s of all of them, each at its full speed where the lanes let it; null where a speed is not known.</summary>
    /// <param name="ports">The ports that carry.</param>
    /// <param name="narrow">Is told each link that holds something back.</param>
    public static long? Total(IReadOnlyList<UplinkPort> ports, Action<PcieLink, IReadOnlyList<UplinkPort>>? narrow = null) =>
        ports.Any(port => port.Speed is null) ? null : Under(ports, 0, narrow);

    /// <summary>The same where each of them carries as much as any other: the slowest then holds all back.</summary>
    public static long? Evenly(IReadOnlyList<UplinkPort> ports)
    {
        if (ports.Any(port => port.Speed is null))
            return null;
        var links = ports.SelectMany(port => port.Pcie.DistinctBy(link => link.Name).Select(link => (link, port))).GroupBy(pair => pair.link.Name, StringComparer.Ordinal);
        return ports.Count == 0 ? 0 : Math.Min(ports.Min(port => port.Speed!.Value) * ports.Count, links.Select(link => link.Min(pair => pair.link.Mbits) * ports.Count / link.Count()).DefaultIfEmpty(long.MaxValue).Min());
    }

    private static long Under(IReadOnlyList<UplinkPort> ports, int depth, Action<PcieLink, IReadOnlyList<UplinkPort>>? narrow) =>
        ports.Where(port => port.Pcie.Length <= depth).Sum(port => port.Speed!.Value)
        + ports.Where(port => port.Pcie.Length > depth).GroupBy(port => port.Pcie[^(depth + 1)].Name, StringComparer.Ordinal).Sum(shared =>
        {
            var link = shared.Select(port => port.Pcie[^(depth + 1)]).MinBy(there => there.Mbits)!;
            var wanted = Under([.. shared], depth + 1, narrow);
            if (link.Mbits < wanted)
                narrow?.Invoke(link, [.. shared]);
            return Math.Min(link.Mbits, wanted);
        });
}
