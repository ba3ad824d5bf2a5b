// Two ports of a bridge that end in one segment are a ring: a broadcast goes out by one, comes back by the other, and round again, until
// nothing else fits on the wire. Only a spanning tree cuts it. VLANs of one id on two NICs are two such ports as well.

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

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from ring in stack.Wiring.Rings
        // A spanning tree that is said to be off is where the mistake was made.
        select At(ring.Bridge.Settings.Has(BridgeLines.Stp) ? ring.Bridge.Settings.PlaceOf(BridgeLines.Stp) : ring.Port.Name.Place,
            $"{ring.Bridge.Name} has {ring.Before.Name} and {ring.Port.Name} as ports, and both end in {(ring.Vlan is { } vlan ? $"VLAN {vlan}" : "the segment")} of {ring.Cable.Switch}",
            $"make one bond of the two and that the port of {ring.Bridge.Name}, or write stp: true on {ring.Bridge.Name}");
}
