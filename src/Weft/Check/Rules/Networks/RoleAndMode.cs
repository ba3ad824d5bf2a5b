// A role says what a network is for, and a bond's mode serves one purpose better than another. It stays advice: the switch, the
// number of ports and what else shares the bond may all speak for the mode that is there.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Management and storage on active-backup, guests on a mode that uses all ports.</summary>
public sealed class RoleAndMode() : Rule("role-and-mode", Severity.Advice)
{
    private const int Deepest = 16;

    public override string Why => "active-backup works with every switch and needs no agreement before the first frame, which is what management and storage want; the flows of many guests fill several ports only in a mode that uses them all";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        networks:
          vm: {link: bond0, vlan: 82, role: [|guests|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100}
        networks:
          vm: {link: bond0, vlan: 82, role: guests}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from network in stack.Host.Networks
        where network.Role is not null && network.Link is not null
        let bond = Bond(stack, network.Link!.Value)
        where bond is not null
        let mode = Bonding.Mode(bond)
        where mode is not null && !Suits(network.Role!.Value, mode)
        group network by new { Role = network.Role!.Value, Bond = bond.Name.Value, Mode = mode } into same
        select At(same.First().Role!.Place, $"{Names(same.First(), same.Count())} for {same.Key.Role} on {same.Key.Bond}, whose mode is {same.Key.Mode}",
            same.Key.Role == "guests" ? $"give {same.Key.Bond} mode: 802.3ad where the switch speaks LACP, or balance-xor where it has a static group; or leave it, if one port carries them all"
                : $"put {(same.Count() == 1 ? "it" : "them")} on a bond with mode: active-backup; or leave it, if the switch is sure to agree");

    private static bool Suits(string role, string mode) => role == "guests" ? mode is not (BondLines.ActiveBackup or BondLines.Broadcast) : mode == BondLines.ActiveBackup;

    private static string Names(Network first, int count) => count switch
    {
        1 => $"the network {first} is",
        2 => $"the network {first} and another are",
        _ => $"the network {first} and {count - 1} others are",
    };

    /// <summary>The bond that the link is, or stands on.</summary>
    private static Link? Bond(Stack stack, string name, int depth = 0)
    {
        if (depth > Deepest || stack.Host.Find(name) is not { } link || stack.InCycle.Contains(name))
            return null;
        return link.Kind == LinkKind.Bond ? link : link.Lowers.Select(lower => Bond(stack, lower.Value, depth + 1)).FirstOrDefault(bond => bond is not null);
    }
}
