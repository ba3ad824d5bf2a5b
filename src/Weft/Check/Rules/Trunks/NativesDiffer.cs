// The native VLAN of a port decides where the host's untagged frames go. Two ports of a bond with different ones are in two networks: which of
// the two the host is in depends on the port that is chosen, and a failover moves it.

using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's untagged frames are of one VLAN on every port.</summary>
public sealed class NativesDiffer() : Rule("natives-differ", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "frames without a tag are in the VLAN of the port by which they leave, so that a failover moves the host to another network";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", native: 5}
          eth1: {switch: sw, port: "2", native: [|6|]}
          eth2: {switch: sw, port: "3", native: 5}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", native: 5}
          eth1: {switch: sw, port: "2", native: 5}
          eth2: {switch: sw, port: "3", native: 5}
        switches: {sw: {}}
        """;

    /// <summary>A native VLAN that the host tags is native-tagged.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from missed in stack.Wiring.Traffic.Torn
        from cable in missed.Cables
        where !stack.Wiring.Traffic.Bare.Exists(bare => bare.Cables.Contains(cable))
        group missed by cable into same
        select At(same.Key.Native!.Place, $"{same.First().Of.Name} sends frames without a tag, which are in VLAN {same.Key.Native} at the switch's port of {same.Key} and in another at other ports of the bond", "write the same native at all cables of the bond, and set the switch so");
}
