// A switch port that is no edge port listens and learns for 30 s after each link up (IEEE 802.1D-1998 8.4): after a reboot, a driver's restart,
// a change of MTU or rings the host is cut off for as long, and DHCP and PXE give up.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Hosts are at edge ports.</summary>
public sealed class PortWaitsForSpanningTree() : Rule("port-waits-for-spanning-tree", Severity.Warning)
{
    public override string Why => "each time its link comes up the switch's port passes nothing for 30 s, and a host is no part of the spanning tree";

    public override string Bad => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1", edge: [|false|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1", edge: true}
        switches: {sw: {}}
        """;

    /// <summary>Of a bond with one active port that is updelay-before-forwarding; and a bridge that takes part in the tree is at no edge.</summary>
    internal override IEnumerable<Finding> Look(Stack stack) =>
        from cable in stack.Wiring.Cables
        where cable.Edge is { Value: false }
        let nic = stack.Host.Find(cable.Nic.Value)
        where nic is not null && nic.Kind == LinkKind.Nic
        let above = stack.WithUppers(nic)
        where above.Count > 1 || !nic.Addresses.IsEmpty || ClientLines.Families.Any(family => nic.Settings.Flag(family) == true)
        where !above.Any(link => (link.Kind == LinkKind.Bridge && link.Settings.Flag(BridgeLines.Stp) == true) || (link.Kind == LinkKind.Bond && Bonding.Mode(link) is null or BondLines.ActiveBackup or BondLines.Tlb or BondLines.Alb))
        // There the tree is what a ring lacks, and the ring is told.
        where !stack.Wiring.Rings.Any(ring => above.Contains(ring.Bridge))
        select At(cable.Edge!.Place, $"the switch's port of {cable} waits for the spanning tree", "make it an edge port of the switch (PortFast, on a trunk too) and write edge: true");
}
