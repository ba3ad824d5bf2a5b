// A switch bundles ports that are alike: VLANs, untagged VLAN, speed and MTU of each are compared with the group's (Cisco: "not compatible and
// will be suspended"; on a pair, the consistency check of MLAG), and one that differs is left out, or VLANs are.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The ports of a group are alike.</summary>
public sealed class LagMembersDiffer() : Rule("lag-members-differ", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a switch bundles only ports that are set alike, and suspends one whose VLANs, speed or MTU differ from the group's";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: leaf-a, port: "1", vlans: [5-9], native: 1, group: Po1, lacp: active}
          eth1: {switch: leaf-b, port: "1", vlans: [|[5-8]|], native: 1, group: Po1, lacp: active}
          eth2: {switch: leaf-b, port: "2", vlans: [5-9], native: [|2|], group: Po1, lacp: active}
        switches:
          leaf-a: {mlag: pair1, mtu: [|1500|]}
          leaf-b: {mlag: pair1, mtu: 9216}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: leaf-a, port: "1", vlans: [5-9], native: 1, group: Po1, lacp: active}
          eth1: {switch: leaf-b, port: "1", vlans: [5-9], native: 1, group: Po1, lacp: active}
          eth2: {switch: leaf-b, port: "2", vlans: [5-9], native: 1, group: Po1, lacp: active}
        switches:
          leaf-a: {mlag: pair1, mtu: 9216}
          leaf-b: {mlag: pair1, mtu: 9216}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        // A port that is in the wrong group is lag-in-two-groups.
        var strays = stack.Wiring.Strays.Select(stray => stray.Odd.Cable!).ToHashSet();
        return
            from same in stack.Wiring.Groups
            let members = same.Where(cable => !strays.Contains(cable)).ToList()
            where members.Count > 1
            from finding in Vlans(stack, members).Concat(Speeds(stack, members)).Concat(Mtus(stack, members))
            select finding;
    }

    /// <summary>A VLAN that the host uses and a port misses is vlan-missing-on-port, and so on: what Traffic tells of a member is not told twice.</summary>
    private IEnumerable<Finding> Vlans(Stack stack, List<Cable> members)
    {
        var wiring = stack.Wiring;
        var said = members.Where(cable => cable.SaysVlans).ToList();
        if (said.Exists(wiring.Traffic.IsTold))
            yield break;
        foreach (var odd in Odd.Of(said, cable => $"{cable.Tagged}", cable => cable.Tagged.Runs.Sum(run => run.To - run.From + 1)))
            yield return At(odd.VlansPlace, $"{odd} carries {Say(odd)}, and the other ports of the group {odd.Group} carry {Say(Other(said, odd, cable => $"{cable.Tagged}"))}", "write the same vlans at all cables of the group, and set the switch so");
        foreach (var odd in Odd.Of(said, cable => $"{cable.Native}", cable => wiring.Cables.Count(other => other.Native?.Value == cable.Native?.Value)))
            yield return At(odd.Native?.Place ?? odd.VlansPlace, $"{odd} has {Native(odd)}, and the other ports of the group {odd.Group} have {Native(Other(said, odd, cable => $"{cable.Native}"))}", "write the same native at all cables of the group, and set the switch so");
    }

    /// <summary>Of a bond with LACP that is lacp-speeds-differ.</summary>
    private IEnumerable<Finding> Speeds(Stack stack, List<Cable> members)
    {
        if (stack.Wiring.Bonds.Any(bond => bond.Mode == BondLines.Lacp && bond.Leads.Any(lead => members.Contains(lead.Cable!))))
            return [];
        var said = members.Where(cable => cable.Speed is not null).ToList();
        return Odd.Of(said, cable => $"{cable.Speed}", cable => cable.Speed!.Value).Select(odd => At(odd.Speed!.Place, $"{odd} has {odd.Speed} Mbit/s, and the other ports of the group {odd.Group} {Other(said, odd, cable => $"{cable.Speed}").Speed}", "lead it to a port of the same speed, or take it out of the group"));
    }

    /// <summary>Where the host sends more than one of the switches takes, that is mtu-above-switch.</summary>
    private IEnumerable<Finding> Mtus(Stack stack, List<Cable> members)
    {
        var boxes = members.Select(stack.Wiring.SwitchOf).OfType<Switch>().Where(box => box.Mtu is not null).DistinctBy(box => box.Name.Value).ToList();
        if (stack.Wiring.Oversize.Dropped.Any(sent => boxes.Contains(sent.To)))
            return [];
        return Odd.Of(boxes, box => $"{box.Mtu}", box => box.Mtu!.Value).Select(odd => At(odd.Mtu!.Place, $"{odd} has MTU {odd.Mtu}, and {boxes.Find(box => box.Mtu!.Value != odd.Mtu.Value)} of the same pair {boxes.Find(box => box.Mtu!.Value != odd.Mtu.Value)!.Mtu}",
            "write the same mtu at both switches of the pair, and set them so"));
    }

    private static Cable Other(List<Cable> all, Cable odd, Func<Cable, string> kind) => all.Find(cable => kind(cable) != kind(odd))!;

    private static string Say(Cable cable) => cable.Tagged.Runs.IsEmpty ? "no VLANs" : $"the VLANs {cable.Tagged}";

    private static string Native(Cable cable) => cable.Native is { } native ? $"the native VLAN {native}" : "no native VLAN";
}
