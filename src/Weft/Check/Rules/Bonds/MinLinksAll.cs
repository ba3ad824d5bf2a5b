// min_links is for a bond that is better down than slow, as it lets somebody else take over. With all ports needed it turns the bond round: any cable
// takes the rest along (bond_3ad_set_carrier, bond_3ad.c).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond lives on without one of its ports.</summary>
public sealed class MinLinksAll() : Rule("min-links-all", Severity.Warning)
{
    public override string Why => "with min_links as many as there are ports, the first port that fails takes the whole bond down";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, min_links: [|2|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, min_links: 1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.Lacp && !bond.Unread.Contains("ports") && bond.Ports.Length > 1 && bond.Settings.Number(BondLines.MinLinks) == bond.Ports.Length
        select At(bond.Settings.PlaceOf(BondLines.MinLinks), $"{bond.Name} has min_links {bond.Settings.Number(BondLines.MinLinks)}, and that is all its ports", $"write min_links: {Math.Max(1, bond.Ports.Length - 1)} or less, or add ports");
}
