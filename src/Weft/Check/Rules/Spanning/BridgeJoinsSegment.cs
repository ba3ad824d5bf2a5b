// Two ports of a bridge that end in one segment are a ring: a broadcast goes out by one, comes back by the other, and round again, until
// nothing else fits on the wire. Only a spanning tree cuts it. VLANs of one id on two NICs are two such ports as well.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge meets a segment once.</summary>
public sealed class BridgeJoinsSegment() : Rule("bridge-joins-segment", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the bridge and the switch are a ring: a broadcast that leaves by one port comes back by the other, for ever";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0, [|eth1|]]}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        bridges:
          br0: {ports: [bond0]}
        cabling:
          eth0: {switch: sw, port: "1"}
          eth1: {switch: sw, port: "2"}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) => Bridges(stack).SelectMany(bridge => Rings(stack, bridge));

    /// <summary>Whether a ring is closed by this bridge.</summary>
    internal bool Closes(Stack stack, Link bridge) => Bridges(stack).Contains(bridge) && Rings(stack, bridge).Any();

    private static IEnumerable<Link> Bridges(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge && bridge.Ports.Length > 1 && bridge.Settings.Flag(BridgeLines.Stp) != true && !Stack.IsUnread(bridge, BridgeLines.Stp) && !Stack.IsUnread(bridge, BridgeLines.VlanFiltering)
        select bridge;

    private IEnumerable<Finding> Rings(Stack stack, Link bridge)
    {
        var wiring = stack.Wiring;
        var ends = new Dictionary<string, End>(StringComparer.Ordinal);
        foreach (var (entry, port) in stack.PortsOf(bridge).Where(port => stack.MasterOf(port.Link) == bridge))
        {
            var own = new List<(string Key, End End)>();
            foreach (var lead in wiring.Leads(port).Where(lead => lead.Cable is not null))
                own.AddRange(Meets(bridge, entry, lead).Select(vlan => ($"{wiring.SegmentOf(lead.Cable!)} {vlan}", new End(entry, lead, vlan))));
            var ring = own.Select(one => (one.End, Other: ends.GetValueOrDefault(one.Key))).FirstOrDefault(two => two.Other is not null && two.Other.Lead.Nic != two.End.Lead.Nic && !wiring.AreOneGroup(two.Other.Lead.Cable!, two.End.Lead.Cable!));
            if (ring.Other is { } other)
                // A spanning tree that is said to be off is where the mistake was made.
                yield return At(bridge.Settings.Has(BridgeLines.Stp) ? bridge.Settings.PlaceOf(BridgeLines.Stp) : entry.Name.Place, $"{bridge.Name} has {other.Port.Name} and {port.Name} as ports, and both end in {(ring.End.Outside == Plain ? "the segment" : $"VLAN {ring.End.Outside}")} of {ring.End.Lead.Cable!.Switch}",
                    $"make one bond of the two and that the port of {bridge.Name}, or write stp: true on {bridge.Name}");
            foreach (var (key, end) in own)
                ends.TryAdd(key, end);
        }
    }

    private sealed record End(Port Port, Lead Lead, string Vlan)
    {
        public string Outside => Vlan[(Vlan.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>No VLAN inside the bridge; outside, the untagged one of a switch's port as it came from the factory.</summary>
    private const string Plain = "-";

    /// <summary>Pairs of a VLAN inside the bridge (a dash where it has none) and the switch's VLAN that it becomes by this way.</summary>
    private static IEnumerable<string> Meets(Link bridge, Port entry, Lead lead)
    {
        var cable = lead.Cable!;
        var native = cable.SaysVlans ? cable.Native?.ToString() : Plain;
        var inside = bridge.Settings.Flag(BridgeLines.VlanFiltering) == true;
        if (!lead.Tags.IsEmpty)
        {
            var vlan = lead.Tags[^1];
            var untagged = inside ? VlanPort.Of(bridge, entry).Runs.FirstOrDefault(run => run.Untagged)?.From.ToString(System.Globalization.CultureInfo.InvariantCulture) : Plain;
            return untagged is null || Wiring.Carries(cable, vlan) == false ? [] : [$"{untagged} {vlan}"];
        }
        if (!inside)
            return Expand(cable.Tagged.Runs).Select(vlan => $"{vlan} {vlan}").Concat(native is null ? [] : [$"{Plain} {native}"]);
        var table = VlanPort.Of(bridge, entry);
        return Expand([.. table.Runs.Where(run => !run.Untagged)]).Where(vlan => Wiring.Carries(cable, vlan) == true).Select(vlan => $"{vlan} {vlan}")
            .Concat(table.Runs.Where(run => run.Untagged && native is not null).SelectMany(run => Expand([run])).Select(vlan => $"{vlan} {native}"));
    }

    private static IEnumerable<int> Expand(IReadOnlyList<VlanRun> runs) => runs.SelectMany(run => Enumerable.Range(run.From, run.To - run.From + 1));
}
