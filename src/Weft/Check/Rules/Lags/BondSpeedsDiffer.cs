// balance-rr and balance-xor give each port its share whatever its speed, so that the slowest holds all up. active-backup prefers no port
// by its speed (bond_choose_active): without a primary or prio the slow one may carry everything although the fast one is up.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports of one speed, or a primary that says which is better.</summary>
public sealed class BondSpeedsDiffer() : Rule("bond-speeds-differ", Severity.Warning)
{
    public override string Why => "the bond does not look at speeds: it gives the slow port as much as the fast one, or lets it carry everything";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
          eth1: {switch: sw, port: "2", speed: [|1G|]}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, primary: eth0}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
          eth1: {switch: sw, port: "2", speed: 1G}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        let mode = Bonding.Mode(bond)
        where mode is BondLines.RoundRobin or BondLines.Xor || (mode == BondLines.ActiveBackup && !Prefers(bond))
        let nics = Speeds.Of(stack, bond)
        from nic in Speeds.Odd(stack, nics)
        // In a group of the switch it is an error, lag-members-differ.
        where !nics.Exists(other => stack.Wiring.CableOf(nic) is { Speed: not null } one && stack.Wiring.CableOf(other) is { Speed: not null } two && one != two && stack.Wiring.AreOneGroup(one, two))
        select At(Speeds.PlaceOf(stack, nic), $"{nic.Name} has {stack.Wiring.SpeedOf(nic)} Mbit/s, and other ports of {bond.Name} {Speeds.Other(stack, nics, nic)}",
            mode == BondLines.ActiveBackup ? $"write primary: with the faster port on {bond.Name}" : $"give all ports of {bond.Name} one speed");

    private static bool Prefers(Link bond) =>
        Stack.IsUnread(bond, BondLines.Primary) || bond.Settings.Word(BondLines.Primary) is not (null or "" or "default") || bond.Ports.Any(port => port.Settings.Number(BondPortLines.Prio) is not (null or 0));
}
