// A bond of one port has nowhere to go when that port fails; it costs a monitor and hides the NIC, and gives nothing back.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond has two ports at least.</summary>
public sealed class BondOfOne() : Rule("bond-of-one", Severity.Warning)
{
    public override string Why => "a bond is there to live on when a port dies, and with one port the host loses its network with the first cable";

    public override string Bad => """
        nics: {eth0: {}}
        bonds:
          bond0: {ports: [[|eth0|]], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length == 1 && !bond.Unread.Contains("ports")
        // Where its group on the switch has further ports, a port was forgotten, and the rule about groups says which.
        where !stack.Wiring.Groups.Any(same => same.Count() > 1 && same.Any(cable => cable.Nic.Value == bond.Ports[0].Name.Value))
        select At(bond.Ports[0].Name.Place, $"{bond.Ports[0].Name} is the only port of {bond.Name}", $"add a second port, or remove {bond.Name} and let what stands on it stand on {bond.Ports[0].Name}");
}
