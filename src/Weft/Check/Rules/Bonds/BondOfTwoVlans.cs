// Where VLANs are a bond's ports they are one network over two NICs, and the bond changes over between them. Ports with different tags are two networks, and a failover lands in the
// other one. A port with a tag beside one without may well be one network, where the switch has it untagged on that port, and nothing is said of it; nor
// where a cable is known not to carry a tag, for that is the mistake then.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The ports of a bond lead into one VLAN.</summary>
public sealed class BondOfTwoVlans() : Rule("bond-of-two-vlans", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a bond takes its ports for ways into the same network: over ports with different tags a failover, or every second frame, goes to another VLAN";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth1.5: {link: eth1, id: [|6|]}
        bonds:
          bond0: {ports: [eth0.5, eth1.5], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth1.5: {link: eth1, id: 5}
        bonds:
          bond0: {ports: [eth0.5, eth1.5], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1
        let leads = stack.Wiring.Leads(bond).Where(lead => lead.Port.Kind == LinkKind.Vlan && lead.Port.Settings.Number(VlanLines.Id) is not null).ToList()
        where leads.Count == bond.Ports.Length && leads.Select(lead => lead.Nic.Name.Value).Distinct(StringComparer.Ordinal).Count() > 1
        where leads.TrueForAll(lead => lead.Cable is null || lead.Tags.IsEmpty || Wiring.Carries(lead.Cable, lead.Tags[^1]) != false)
        let odd = leads.GroupBy(Tags).OrderByDescending(same => same.Count(IsNamedForIt)).ThenByDescending(same => same.Count()).ToList()
        where odd.Count > 1
        let port = odd[^1].First().Port
        let other = odd[0].First().Port
        select At(port.Settings.PlaceOf(VlanLines.Id), $"{port.Name} is VLAN {Tags(odd[^1].First())}, and {other.Name} beside it in {bond.Name} is VLAN {odd[0].Key}", $"write id: {other.Settings.Number(VlanLines.Id)}, or name another port");

    private static string Tags(Lead lead) => string.Join(" in ", lead.Tags);

    /// <summary>eth1.5 is most likely meant to be VLAN 5.</summary>
    private static bool IsNamedForIt(Lead lead) => lead.Port.Name.Value.EndsWith($".{lead.Port.Settings.Number(VlanLines.Id)}", StringComparison.Ordinal);
}
