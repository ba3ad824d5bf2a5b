// A virtual function, or a guest's NIC, has the MAC that the hypervisor gave it: the physical function refuses another or drops what is sent with it (spoof check; forged transmits,
// MAC address changes of virtual switches). Every mode but active-backup with fail_over_mac: active gives ports another MAC than their own (bond_enslave,
// bond_do_fail_over_mac, bond_main.c). Told by the driver that a NIC is matched by; a function that is trusted may be allowed.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports whose MAC is not theirs to change keep it.</summary>
public sealed class VfKeepsItsMac() : Rule("vf-keeps-its-mac", Severity.Warning)
{
    public override string Why => "the hypervisor drops what a virtual NIC sends with another MAC than the one it gave it, and here the bond gives its ports another: all but one carry nothing";

    public override string Bad => """
        nics:
          eth0: {match: {name: eth0, driver: iavf}}
          eth1: {match: {name: eth1, driver: iavf}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|active-backup|], miimon: 100}
        """;

    public override string Good => """
        nics:
          eth0: {match: {name: eth0, driver: iavf}}
          eth1: {match: {name: eth1, driver: iavf}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, fail_over_mac: active}
        """;

    /// <summary>Virtual functions with a driver of their own, and the NICs of hypervisors that hold guests to their MAC.</summary>
    private static readonly HashSet<string> Virtual = new(StringComparer.Ordinal) { "iavf", "i40evf", "ixgbevf", "igbvf", "cxgb4vf", "vmxnet3", "hv_netvsc", "mana", "ena", "gve" };

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1 && Bonding.Mode(bond) is not null && Bonding.FailOverMac(bond) is not null
        where !(Bonding.Mode(bond) == BondLines.ActiveBackup && Bonding.FailOverMac(bond) == "active")
        let nic = stack.Wiring.Leads(bond).Select(lead => lead.Nic).FirstOrDefault(nic => Driver(nic) is { } driver && Virtual.Contains(driver))
        where nic is not null
        select At(Bonding.PlaceOf(bond, Bonding.Mode(bond) == BondLines.ActiveBackup ? BondLines.FailOverMac : BondLines.Mode),
            $"{bond.Name} changes the MACs of its ports, and {nic.Name} ({Driver(nic)}) has its MAC from the hypervisor", "write mode: active-backup and fail_over_mac: active");

    private static string? Driver(Link nic) => nic.Rest.Map("match")?.Word("driver");
}
