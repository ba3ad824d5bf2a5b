// balance-tlb and balance-alb keep their ports apart by MAC. Where two ports come with the same one, two VLANs of one link for
// instance, the second is taken or refused with EFAULT after who happens to be active (alb_handle_addr_collision_on_attach,
// drivers/net/bonding/bond_alb.c).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports that balance by MAC have each its own.</summary>
public sealed class BondPortsShareMac() : Rule("bond-ports-share-mac", Severity.Error)
{
    public override string Why => "balance-tlb and balance-alb tell their ports apart by MAC, and the kernel refuses a second port with the same one";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth0.6: {link: eth0, id: 6}
        bonds:
          bond0: {ports: [eth0.5, [|eth0.6|]], mode: balance-alb, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          eth1.5: {link: eth1, id: 5}
        bonds:
          bond0: {ports: [eth0.5, eth1.5], mode: balance-alb, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Sound
        where bond.Settings.Word(BondLines.Mode) is BondLines.Tlb or BondLines.Alb
        from alike in stack.PortsOf(bond).GroupBy(port => Origin(stack, port.Link))
        let first = alike.First().Link
        from port in alike.Skip(1)
        select At(port.Entry.Name.Place, $"{port.Link.Name} comes to {bond.Name} with the MAC of {first.Name}", $"make ports of {bond.Name} links that stand on different NICs, or take active-backup");

    /// <summary>The MAC that was said for a link, or whose it has: a VLAN has its lower link's, and so has a MACVLAN in mode passthru.</summary>
    private static string Origin(Stack stack, Link link)
    {
        while (Said(link) is null && (link.Kind == LinkKind.Vlan || MacvlanLines.IsPassthru(link.Settings.ValueOf(MacvlanLines.Mode))) && stack.LowerOf(link) is { } lower && !stack.InCycle.Contains(lower.Name.Value))
            link = lower;
        return Said(link) ?? link.Name.Value;
    }

    private static string? Said(Link link) => link.Settings.Word(Table.Mac) is { } mac and not "default" ? mac : null;
}
