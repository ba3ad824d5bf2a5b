// Without use_carrier the monitor asks the driver by ioctl or ethtool for its link (bond_check_dev_link, bond_main.c), which drivers without that answer with "up" for ever, and
// which sleeps where it must not. Kernels from about 6.18 on have taken it out and refuse 0.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The driver's carrier is believed.</summary>
public sealed class UseCarrierOff() : Rule("use-carrier-off", Severity.Warning)
{
    public override string Why => "asking the registers in place of the driver's carrier is slower, is always answered with yes by NICs that have none, and newer kernels refuse it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, use_carrier: [|false|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where bond.Settings.Flag(BondLines.UseCarrier) == false
        select At(bond.Settings.PlaceOf(BondLines.UseCarrier), $"{bond.Name} does not believe the carrier of its ports", "remove it, or write use_carrier: true");
}
