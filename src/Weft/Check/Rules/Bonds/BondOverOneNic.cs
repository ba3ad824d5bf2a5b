// VLANs make several links of one NIC, and a bond takes them as ports. They share the cable, so that they fail together. balance-tlb and balance-alb refuse
// such ports (bond-ports-share-mac).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The ports of a bond stand on several NICs.</summary>
public sealed class BondOverOneNic() : Rule("bond-over-one-nic", Severity.Warning)
{
    public override string Why => "ports that stand on one NIC go down together with it, and share its bandwidth: the bond has nothing to change over to";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth0.6: {link: eth0, id: 6}
        bonds:
          bond0: {ports: [eth0.5, [|eth0.6|]], mode: active-backup, miimon: 100}
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
        from bond in stack.Bonds
        where bond.Ports.Length > 1 && Bonding.Mode(bond) is not (null or BondLines.Tlb or BondLines.Alb)
        let leads = stack.Wiring.Leads(bond)
        where leads.Select(lead => lead.Port.Name.Value).Distinct(StringComparer.Ordinal).Count() == bond.Ports.Length
        let nics = leads.Select(lead => lead.Nic.Name.Value).Distinct(StringComparer.Ordinal).ToList()
        where nics.Count == 1
        select At(bond.Ports[1].Name.Place, $"all ports of {bond.Name} stand on {nics[0]}", "name ports that stand on different NICs");
}
