// Carrier comes when the active aggregator has min_links ports (__agg_active_ports, bond_3ad_set_carrier, bond_3ad.c). Whoever asks for more than there are has none,
// with all cables in (measured on 6.1).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No more links are asked for than there are ports.</summary>
public sealed class MinLinksTooHigh() : Rule("min-links-too-high", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the bond gets carrier once that many ports aggregate, and it has not so many: it never does";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, min_links: [|3|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, min_links: 1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.Lacp && !bond.Unread.Contains("ports") && bond.Ports.Length > 0 && bond.Settings.Number(BondLines.MinLinks) > bond.Ports.Length
        select At(bond.Settings.PlaceOf(BondLines.MinLinks), $"{bond.Name} has min_links {bond.Settings.Number(BondLines.MinLinks)} and {bond.Ports.Length} ports", $"write min_links: {Math.Max(1, bond.Ports.Length - 1)} or less, or add ports");
}
