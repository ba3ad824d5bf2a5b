// All ports of a bond in one switch: it survives a cable and a NIC, and not the switch. Said only where another switch is there to which a
// port could go: for modes with one active port one that is joined to it
// and that a cable of this host leads to, for a group its partner in a pair.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's ports are spread over switches.</summary>
public sealed class BondOnOneSwitch() : Rule("bond-on-one-switch", Severity.Advice)
{
    public override string Why => "the bond survives a cable and a NIC, and goes with the one switch that all its ports lead to";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
          eth1: {switch: [|leaf-a|], port: "2"}
          eth2: {switch: leaf-b, port: "2"}
        switches: {leaf-a: {}, leaf-b: {}}
        links: [[leaf-a, leaf-b]]
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
          eth1: {switch: leaf-b, port: "1"}
          eth2: {switch: leaf-b, port: "2"}
        switches: {leaf-a: {}, leaf-b: {}}
        links: [[leaf-a, leaf-b]]
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var used = stack.Wiring.Cables.Select(cable => cable.Switch!.Value).ToHashSet(StringComparer.Ordinal);
        return
            from bond in stack.Wiring.Bonds
            where bond.Leads.Count > 1 && bond.Leads.Count == bond.Bond.Ports.Length && bond.Mode != BondLines.Broadcast
            let last = bond.Leads[^1].Cable!
            where bond.Leads.All(lead => lead.Cable!.Switch!.Value == last.Switch!.Value)
            let other = Other(stack.Wiring, bond, stack.Wiring.SwitchOf(last)!, used)
            where other is not null
            select At(last.Switch!.Place, $"all ports of {bond.Bond.Name} lead to {last.Switch}, and {other} is there too", $"lead {last.Nic} to {other}");
    }

    private static Switch? Other(Wiring wiring, CabledBond bond, Switch one, HashSet<string> used) => wiring.Switches.FirstOrDefault(other => other != one && (other.Mlag is { } pair && pair.Value == one.Mlag?.Value
        || BondLines.ActivePortModes.Contains(bond.Mode) && wiring.AreJoined(one.Name.Value, other.Name.Value) && used.Contains(other.Name.Value)));
}
