// What the ARP monitor asks and how it judges the answers means nothing while it does not run.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Options of the ARP monitor need it to run.</summary>
public sealed class ArpOptionWithoutInterval() : Rule("arp-option-without-interval", Severity.Warning)
{
    public override string Why => "the ARP monitor runs with an arp_interval only; without, the kernel takes this and never looks at it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, arp_ip_target: [|192.0.2.1|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: 192.0.2.1, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.ArpInterval(bond) == 0 && BondLines.ArpInterval.Modes.Contains(Bonding.Mode(bond) ?? "") && !Stack.IsUnread(bond, BondLines.ArpInterval)
        let options = Options.Where(option => bond.Settings.ValueOf(option) is { } value && value is not Value.Word { Text: "default" } && value != option.Default(bond.Settings) && (option.Modes.IsEmpty || option.Modes.Contains(Bonding.Mode(bond)!))).ToList()
        where options.Count > 0
        select At(bond.Settings.PlaceOf(options[0]), $"{bond.Name} has {string.Join(" and ", options)}, and no arp_interval", "add arp_interval: 100 in place of miimon, or remove it");

    private static readonly Model.Attributes.Attribute[] Options = [BondLines.ArpIpTarget, BondLines.NsIp6Target, BondLines.ArpValidate, BondLines.ArpAllTargets, BondLines.ArpMissedMax];
}
