// Changes of bridges: what they remember, whether a spanning tree runs, which VLANs their ports carry.

using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;

namespace Weft.Twin.Proving.Advising;

internal static class BridgeMoves
{
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static IEnumerable<Move> Of(Ground ground)
    {
        foreach (var bridge in ground.Links.Where(one => one.Link.Kind == LinkKind.Bridge && Ground.PathOf(one) is ["bridges", ..]))
        {
            var (name, path, settings) = (bridge.Link.Name.Value, Ground.PathOf(bridge), bridge.Link.Settings);
            if (settings.Flag(BridgeLines.Stp) == true)
            {
                yield return new($"{name} has no spanning tree", [Moves.Set(bridge.File, path, BridgeLines.Stp.Name, "false")]);
                yield return new($"{name} lets ports listen and learn for {BridgeLines.LeastForwardDelay / 100} s each", [Moves.Set(bridge.File, path, BridgeLines.ForwardDelay.Name, Text(BridgeLines.LeastForwardDelay))]);
            }
            else
                yield return new($"{name} has a spanning tree", [Moves.Set(bridge.File, path, BridgeLines.Stp.Name, "true")]);
            foreach (var line in new[] { BridgeLines.AgeingTime, BridgeLines.ForwardDelay, BridgeLines.HelloTime, BridgeLines.MaxAge }.Where(settings.Has))
                yield return new($"{name} has no {line} of its own", [Moves.Remove(bridge.File, path, line.Name)]);
            foreach (var port in bridge.Link.Ports)
                foreach (var move in OfPort(ground, bridge, path, port))
                    yield return move;
        }
    }

    private static IEnumerable<Move> OfPort(Ground ground, Standing bridge, IReadOnlyList<string> path, Port port)
    {
        var (name, own) = (port.Name.Value, (IReadOnlyList<string>)[.. path, "ports", port.Name.Value]);
        var isMap = port.Settings.Count > 0 || port.Rest.Count > 0;
        foreach (var (line, _) in port.Settings)
            yield return new($"{name} has no {line} of its own in {bridge.Link.Name}", [Moves.Remove(bridge.File, own, line.Name)]);
        if (port.Settings.Flag(BridgePortLines.Learning) != false)
            yield return new($"{bridge.Link.Name} learns nobody at {name}", [isMap ? Moves.Set(bridge.File, own, BridgePortLines.Learning.Name, "false") : Listed(bridge, path, name)]);
        if (bridge.Link.Settings.Flag(BridgeLines.VlanFiltering) != true)
            yield break;
        foreach (var vlan in ground.Vlans.Where(vlan => port.Vlans?.Runs.Any(run => run.From <= vlan && vlan <= run.To) != true))
            yield return new($"{name} carries VLAN {vlan} in {bridge.Link.Name}", [Moves.Append(bridge.File, own, "vlans", Text(vlan))]);
    }

    /// <summary>A list of ports becomes a map of them, one of which learns nobody.</summary>
    private static Change Listed(Standing bridge, IReadOnlyList<string> path, string name) =>
        Moves.Set(bridge.File, path, "ports", $"{{{string.Join(", ", bridge.Link.Ports.Select(port => $"{Edit.Scalar(port.Name.Value)}: {(port.Name.Value == name ? $"{{{BridgePortLines.Learning.Name}: false}}" : "{}")}"))}}}");
}
