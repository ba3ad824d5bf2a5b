// A trunk without a native VLAN has nowhere to put frames without a tag, and drops them (IEEE 802.1Q 6.9.1, acceptable frame types: only tagged).

using Weft.Text;

namespace Weft.Check;

/// <summary>Frames without a tag need a native VLAN.</summary>
public sealed class UntaggedWithoutNative() : Rule("untagged-without-native", Severity.Warning)
{
    public override string Why => "a switch port that carries only tagged VLANs drops frames without a tag";

    public override string Bad => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [|[5-9]|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9], native: 1}
        switches: {sw: {}}
        """;

    /// <summary>Where several cables agree that there is none, it is the address or guest that is at the wrong place.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from missed in stack.Wiring.Traffic.Homeless
        group missed by missed.Cables.Count > 1 ? missed.Place : missed.Cables[0].VlansPlace into same
        let first = same.First()
        select At(same.Key, $"{first.Of.Name} sends frames without a tag, and the switch's port of {Odd.Listed([.. first.Cables.Select(cable => cable.Nic.Value)])} has no native VLAN",
            $"add native: at the cable and the switch, or put the addresses and guests of {first.Of.Name} in a VLAN");
}
