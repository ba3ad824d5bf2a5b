// Enslaving sets the port's MTU to the bond's, whatever it was (bond_enslave, bond_main.c; measured: ports with 9100 were
// silently back at 1500). A port's MTU in the file that is not the bond's is therefore never what the host has.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's ports have the bond's MTU.</summary>
public sealed class BondPortMtu() : Rule("bond-port-mtu", Severity.Warning)
{
    public override string Why => "the kernel sets a port's MTU to its bond's when it joins, so this value is lost without a word";

    public override string Bad => """
        nics:
          eth0: {mtu: [|9000|]}
          eth1: {}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics:
          eth0: {mtu: 9000}
          eth1: {}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, mtu: 9000}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond
        let mtu = stack.Mtu(bond)
        where mtu is not null
        from port in stack.PortsOf(bond)
        let own = port.Link.Settings.Number(Table.Mtu)
        where own is not null && own != mtu && port.Link.Kind != LinkKind.Bond && stack.MasterOf(port.Link) == bond
        select At(port.Link.Settings.PlaceOf(Table.Mtu), $"{port.Link.Name} asks for MTU {own}, and as a port of {bond.Name} it gets {mtu}",
            $"set mtu: {own} on {bond.Name} (line {bond.Name.Place.Line}), or remove this one");
}
