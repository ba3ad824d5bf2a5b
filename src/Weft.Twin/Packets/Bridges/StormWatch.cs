// Looks for frames that go round. Each frame counts the bridges that it came through; no network has as many between two hosts as
// a frame soon has that goes in a circle. From there on it is written down by which port it came into which bridge, until a
// port comes again: those between are the circle. Where every bridge makes several frames of one, waiting that long would fill
// the memory, so with many frames on cables it looks earlier; those that wait for an address, or for their other half, go nowhere. A frame that no bridge carries often costs one comparison.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bridges;

internal sealed class StormWatch
{
    /// <summary>More bridges than any path has.</summary>
    public const int Many = 24;

    /// <summary>As many as a path may well have; enough to doubt with so many frames on their way.</summary>
    private const int Several = 3, Crowd = 4096;

    private readonly Dictionary<BridgePort, HashSet<BridgePort>> ways = [];

    /// <summary>The ports by which frames come into each bridge of the circle, in its order; empty while nothing goes round.</summary>
    public IReadOnlyList<BridgePort> Circle { get; private set; } = [];

    /// <summary>A frame came into a bridge by a port.</summary>
    public void Cross(Frame frame, BridgePort port)
    {
        if (++frame.Crossed > Several && (frame.Crossed > Many || port.Bridge.World.Time.Flying > Crowd) && Circle.Count == 0)
            Follow(frame, port);
        frame.Entered = port.Device;
    }

    private void Follow(Frame frame, BridgePort port)
    {
        if (frame.Entered is not { Receiver: BridgePort before })
            return;
        if (!ways.TryGetValue(before, out var next))
            ways.Add(before, next = []);
        if (!next.Add(port) || Round(port) is not { } cycle)
            return;
        Circle = cycle;
        var world = port.Bridge.World;
        world.Time.IsHalted = true;
        if (world.IsHeard)
            world.Tell(port.Bridge, "storm", $"frames go round through {string.Join(", ", cycle.Select(one => $"{one.Device} into {one.Bridge}"))}, and nothing ends it: "
                + "no spanning tree blocks one of these ports, and they are not one bond");
    }

    /// <summary>The shortest way from a port back to it over what was seen.</summary>
    private List<BridgePort>? Round(BridgePort start)
    {
        var cameFrom = new Dictionary<BridgePort, BridgePort>();
        var open = new Queue<BridgePort>([start]);
        while (open.TryDequeue(out var at))
            foreach (var to in ways.GetValueOrDefault(at) ?? [])
            {
                if (to == start)
                {
                    var cycle = new List<BridgePort> { at };
                    while (cycle[^1] != start)
                        cycle.Add(cameFrom[cycle[^1]]);
                    cycle.Reverse();
                    return cycle;
                }
                if (cameFrom.TryAdd(to, at))
                    open.Enqueue(to);
            }
        return null;
    }
}
