// A port carries a VLAN tagged or untagged. Lists of allowed VLANs on some switches hold the native one too: in a range that is no more than a
// habit, and the switch takes it as untagged; by itself it looks as if somebody expects a tag.

using Weft.Model;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The native VLAN is not among the tagged ones.</summary>
public sealed class NativeAndTagged() : Rule("native-and-tagged", Severity.Warning)
{
    public override string Why => "vlans are those that the port carries with a tag, native the one without: a VLAN in both has no tag";

    public override string Bad => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5, [|6|]], native: 6}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5], native: 6}
        switches: {sw: {}}
        """;

    /// <summary>Where the host tags it that is an error, native-tagged.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from cable in stack.Wiring.Cables
        where cable.Native is not null && !stack.Wiring.Traffic.Bare.Exists(bare => bare.Cables.Contains(cable))
        let native = cable.Native!.Value
        let twice = cable.Vlans.FirstOrDefault(run => VlanRange.Of(run.Value) is var of && of.From <= native && native <= of.To)
        where twice is not null
        select At(twice.Place, $"VLAN {native} of {cable} is its native VLAN, untagged, and stands in its vlans too, tagged", $"leave {native} out of vlans") with
            { Severity = twice.Value is Value.Number ? Severity.Warning : Severity.Advice };
}
